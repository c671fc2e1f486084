import { lazy, Suspense, useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react';
import { useLocale, type Locale } from '../format';
import { useStrings } from '../strings';
import { MarkedCode } from '../timeline/MarkedCode';
import type { EditorProps } from './editor/editor-props';
import { useEditorSettings } from './editor/editor-settings';
import { PlainEditor } from './editor/PlainEditor';
import styles from './Lab.module.css';
import { LoadBoundary } from './LoadBoundary';
import { useShownLine } from './use-line';

interface Props extends Omit<EditorProps, 'label' | 'locale'> {
  readonly mode: 'read' | 'edit';
  readonly onEdit: () => void;
}

/** The program: text at first, an editor once the learner wants one. */
export function Program(props: Props): ReactNode {
  const reading = <ReadOnlyProgram {...props} />;
  return props.mode === 'read' ? reading : <Editing {...props} reading={reading} />;
}

/** Readable without any script; a click on it opens the editor, a selection does not. */
function ReadOnlyProgram({ code, shown, goTo, onEdit }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (goTo === null) return;
    box.current?.querySelector('.theme-code-block-highlighted-line')?.scrollIntoView({ block: 'nearest' });
  }, [goTo]);
  const open = (event: { readonly target: EventTarget }): void => {
    const isButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (!isButton && window.getSelection()?.isCollapsed !== false) onEdit();
  };
  return (
    // The keyboard's way is the button "Edit" above.
    <div ref={box} className={styles.reading} onClick={open}>
      <ShownProgram code={code} shown={shown} />
    </div>
  );
}

function ShownProgram({ code, shown }: Pick<Props, 'code' | 'shown'>): ReactNode {
  return <MarkedCode code={code} line={useShownLine(shown)} />;
}

function Editing({ reading, ...props }: Props & { readonly reading: ReactNode }): ReactNode {
  const strings = useStrings();
  const locale = useLocale();
  const [isTouch] = useState(prefersPlain);
  const isPlain = useEditorSettings().isPlain || isTouch;
  const [{ Editor, attempt }, setLoading] = useState(() => ({ Editor: lazyEditor(locale), attempt: 1 }));
  const tryAgain = (): void => setLoading({ Editor: lazyEditor(locale), attempt: attempt + 1 });
  const editorProps: EditorProps = { ...props, locale, label: strings.editorLabel(props.file) };
  if (isPlain) return <PlainEditor {...editorProps} />;
  const fallback = (
    <>
      <div className={styles.warning} role="status">
        <p>{strings.editorFailed}</p>
        <button type="button" className={styles.button} onClick={tryAgain}>
          {strings.tryAgain}
        </button>
      </div>
      <PlainEditor {...editorProps} />
    </>
  );
  return (
    <LoadBoundary key={attempt} fallback={fallback}>
      <Suspense fallback={<Loading note={strings.editorLoading}>{reading}</Loading>}>
        <Editor {...editorProps} />
      </Suspense>
    </LoadBoundary>
  );
}

function Loading({ note, children }: { readonly note: string; readonly children: ReactNode }): ReactNode {
  return (
    <div aria-busy="true">
      {children}
      <p className={styles.loading} role="status">
        {note}
      </p>
    </div>
  );
}

/** Monaco has no use for fingers on a small screen: there a plain field scrolls, selects and corrects as expected. */
function prefersPlain(): boolean {
  return window.matchMedia('(pointer: coarse) and (max-width: 700px)').matches;
}

/** Monaco reads its translation while it is being loaded, so the translation has to be there first. */
function lazyEditor(locale: Locale): ComponentType<EditorProps> {
  return lazy(async () => {
    if (locale === 'ru') await import('monaco-editor/nls/lang/ru');
    return import('./editor/MonacoEditor');
  });
}
