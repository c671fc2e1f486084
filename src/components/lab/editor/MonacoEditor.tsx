import { useColorMode } from '@docusaurus/theme-common';
import Editor from '@monaco-editor/react';
import clsx from 'clsx';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { diagnosisMessage, type Locale } from '../../../grader/texts';
import type { Diagnosis } from '../../../grader/verdict';
import { useStrings } from '../../strings';
import type { ShownLine } from '../use-line';
import { editorHeightPx, lineHeightPx, type EditorProps } from './editor-props';
import { changeEditorSettings, editorSettings, useEditorSettings } from './editor-settings';
import { addReadOnlyModule, defineTheme, prepareMonaco } from './monaco';
import styles from './MonacoEditor.module.css';

const monaco = prepareMonaco();

type CodeEditor = ReturnType<typeof monaco.editor.create>;

/** The full editor: completion, hovers and type errors for the client's API. */
export default function MonacoEditor(props: EditorProps): ReactNode {
  const { lab, file, code, label, isFilling, shown, goTo, diagnosis, onChange, onRun } = props;
  const settings = useEditorSettings();
  const { colorMode } = useColorMode();
  const strings = useStrings();
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const theme = useTheme(colorMode === 'dark');
  const run = useLatest(onRun);
  useLineHighlight(editor, shown);
  useGoTo(editor, goTo);
  useMarker(editor, diagnosis, props.locale);
  useBreakpoints(editor, props);
  useInputs(props);
  useTabSetting(editor, settings.tabLeaves);
  const onMount = (mounted: CodeEditor): void => {
    setEditor(mounted);
    mounted.addAction({
      id: 'run-lab',
      label: strings.run,
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      run: () => run.current(),
    });
    mounted.addAction({
      id: 'tab-leaves',
      label: strings.settings.tabLeaves,
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyM],
      run: () => changeEditorSettings({ tabLeaves: !editorSettings().tabLeaves }),
    });
    leaveByEscape(mounted);
    mounted.focus();
  };
  return (
    <div className={clsx(isFilling && styles.filling)}>
      <Editor
        height={isFilling ? '100%' : editorHeightPx(code, settings.fontSize)}
        language="typescript"
        path={`file:///${lab}/${file}`}
        value={code}
        theme={theme}
        loading={null}
        onChange={(value) => onChange(value ?? '')}
        onMount={onMount}
        options={{
          accessibilitySupport: settings.isAccessible ? 'on' : 'auto',
          ariaLabel: label,
          automaticLayout: true,
          bracketPairColorization: { enabled: false },
          fontFamily: 'var(--font-code)',
          fontLigatures: false,
          fontSize: settings.fontSize - 0.5,
          fixedOverflowWidgets: true,
          glyphMargin: true,
          lineHeight: lineHeightPx(settings.fontSize),
          lineNumbersMinChars: 3,
          minimap: { enabled: false },
          occurrencesHighlight: 'off',
          overviewRulerLanes: 0,
          padding: { top: 14, bottom: 14 },
          renderLineHighlight: 'none',
          scrollBeyondLastLine: false,
          scrollbar: { alwaysConsumeMouseWheel: false },
          tabSize: 2,
          unicodeHighlight: { ambiguousCharacters: false },
          wordWrap: settings.isWrapped ? 'on' : 'off',
        }}
      />
      <p className={styles.hint}>{settings.tabLeaves ? strings.editorHintTabLeaves : strings.editorHint}</p>
    </div>
  );
}

/** Defined anew with every change of the page's mode, after the page has taken its new colours. */
function useTheme(isDark: boolean): string {
  const [theme, setTheme] = useState(() => defineTheme(isDark));
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTheme(defineTheme(isDark)));
    return () => cancelAnimationFrame(frame);
  }, [isDark]);
  return theme;
}

function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  return latest;
}

function useLineHighlight(editor: CodeEditor | null, shown: ShownLine): void {
  useEffect(() => {
    if (editor === null) return undefined;
    const options = {
      isWholeLine: true,
      className: styles.now ?? null,
      linesDecorationsClassName: styles.nowEdge ?? null,
    };
    const decorations = editor.createDecorationsCollection();
    const show = (): void => {
      const line = shown.get();
      decorations.set(line === null ? [] : [{ range: new monaco.Range(line, 1, line, 1), options }]);
      if (line !== null) editor.revealLineInCenterIfOutsideViewport(line);
    };
    show();
    const end = shown.subscribe(show);
    return () => {
      end();
      decorations.clear();
    };
  }, [editor, shown]);
}

function useGoTo(editor: CodeEditor | null, goTo: EditorProps['goTo']): void {
  useEffect(() => {
    if (editor === null || goTo === null) return;
    editor.setPosition({ lineNumber: goTo.line, column: 1 });
    editor.revealLineInCenterIfOutsideViewport(goTo.line);
    editor.focus();
  }, [editor, goTo]);
}

/** What the engine says of the program, beside what the type checker says. */
function useMarker(editor: CodeEditor | null, diagnosis: Diagnosis | null, locale: Locale): void {
  useEffect(() => {
    const model = editor?.getModel();
    if (model === null || model === undefined) return undefined;
    const line = diagnosis?.line;
    if (diagnosis === null || line === undefined || line > model.getLineCount()) return undefined;
    const startColumn = diagnosis.column ?? 1;
    monaco.editor.setModelMarkers(model, 'grader', [
      {
        severity: monaco.MarkerSeverity.Error,
        message: diagnosisMessage(diagnosis, locale) ?? diagnosis.message,
        startLineNumber: line,
        startColumn,
        endLineNumber: line,
        endColumn: Math.max(model.getLineMaxColumn(line), startColumn + 1),
      },
    ]);
    return () => monaco.editor.setModelMarkers(model, 'grader', []);
  }, [editor, diagnosis, locale]);
}

/** A dot beside the line number; a click there sets and takes it. */
function useBreakpoints(editor: CodeEditor | null, { breakpoints, onBreakpoint }: EditorProps): void {
  const toggle = useLatest(onBreakpoint);
  useEffect(() => {
    const listener = editor?.onMouseDown(({ target }) => {
      const isGutter =
        target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN ||
        target.type === monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS;
      if (isGutter && target.position !== null) toggle.current(target.position.lineNumber);
    });
    return () => listener?.dispose();
  }, [editor, toggle]);
  useEffect(() => {
    const decorations = editor?.createDecorationsCollection(
      [...breakpoints].map((line) => ({
        range: new monaco.Range(line, 1, line, 1),
        options: { glyphMarginClassName: styles.breakpoint ?? null },
      })),
    );
    return () => decorations?.clear();
  }, [editor, breakpoints]);
}

/** What lies beside the program, so that its import is known. */
function useInputs({ lab, inputs }: EditorProps): void {
  useEffect(() => {
    const libs = inputs.map(({ name, text }) => addReadOnlyModule(`file:///${lab}/${name}`, text));
    return () => libs.forEach((lib) => lib.dispose());
  }, [lab, inputs]);
}

/** Not one of the options below, which are set again whenever the lab is drawn anew and would undo an Escape. */
function useTabSetting(editor: CodeEditor | null, tabLeaves: boolean): void {
  useEffect(() => {
    editor?.updateOptions({ tabFocusMode: tabLeaves });
  }, [editor, tabLeaves]);
}

/** Tab indents; after Escape it leaves, until another key is pressed. */
function leaveByEscape(editor: CodeEditor): void {
  let mayLeave = false;
  const allow = (allowed: boolean): void => {
    if (allowed === mayLeave) return;
    mayLeave = allowed;
    editor.updateOptions({ tabFocusMode: allowed || editorSettings().tabLeaves });
  };
  editor.onKeyDown((event) => {
    if (event.keyCode === monaco.KeyCode.Escape) allow(true);
    else if (event.keyCode !== monaco.KeyCode.Tab && event.keyCode !== monaco.KeyCode.Shift) allow(false);
  });
  editor.onDidBlurEditorText(() => allow(false));
}
