import clsx from 'clsx';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useShownLine } from '../use-line';
import { editorHeightPx, lineHeightPx, type EditorProps } from './editor-props';
import { useEditorSettings } from './editor-settings';
import styles from './PlainEditor.module.css';

/** A text field with line numbers: for small touch screens, and where the full editor could not be loaded. */
export function PlainEditor({ code, label, isFilling, shown, goTo, diagnosis, onChange }: EditorProps): ReactNode {
  const line = useShownLine(shown);
  const { fontSize, isWrapped } = useEditorSettings();
  // Below 16 px a phone zooms the page when the field is entered.
  const size = Math.max(fontSize, 16);
  const lineHeight = lineHeightPx(size);
  const field = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const count = code.split('\n').length;
  useEffect(() => {
    const element = field.current;
    if (goTo === null || element === null) return;
    element.scrollTop = (goTo.line - 4) * lineHeight;
    element.focus({ preventScroll: true });
  }, [goTo, lineHeight]);
  useEffect(() => {
    const element = field.current;
    if (line === null || element === null) return;
    const top = (line - 1) * lineHeight;
    const isVisible = top >= element.scrollTop && top + lineHeight * 2 <= element.scrollTop + element.clientHeight;
    if (!isVisible) element.scrollTop = top - element.clientHeight / 2;
  }, [line, lineHeight]);
  const bandAt = (at: number): CSSProperties => ({ top: `${14 + (at - 1) * lineHeight - scrollTop}px` });
  return (
    <div
      className={clsx(styles.plain, isWrapped && styles.wrapped)}
      style={{ ...sizes(size, lineHeight), height: isFilling ? '100%' : editorHeightPx(code, size) }}
    >
      {!isWrapped && line !== null && <div className={styles.now} style={bandAt(line)} />}
      {!isWrapped && diagnosis?.line !== undefined && <div className={styles.wrong} style={bandAt(diagnosis.line)} />}
      <div className={styles.numbers} style={{ transform: `translateY(${-scrollTop}px)` }} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <div key={index}>{index + 1}</div>
        ))}
      </div>
      <textarea
        ref={field}
        className={styles.field}
        aria-label={label}
        value={code}
        wrap={isWrapped ? 'soft' : 'off'}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      />
    </div>
  );
}

function sizes(size: number, lineHeight: number): CSSProperties {
  return { '--plain-size': `${size}px`, '--plain-line': `${lineHeight}px` } as CSSProperties;
}
