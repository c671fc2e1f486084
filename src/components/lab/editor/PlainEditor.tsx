import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { editorHeightPx, lineHeightPx, type EditorProps } from './editor-props';
import styles from './PlainEditor.module.css';

/** A text field with line numbers: for small touch screens, and where the full editor could not be loaded. */
export function PlainEditor({ code, label, line, goTo, diagnosis, onChange }: EditorProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const count = code.split('\n').length;
  useEffect(() => {
    const element = field.current;
    if (goTo === null || element === null) return;
    element.scrollTop = (goTo.line - 4) * lineHeightPx;
    element.focus({ preventScroll: true });
  }, [goTo]);
  useEffect(() => {
    const element = field.current;
    if (line === null || element === null) return;
    const top = (line - 1) * lineHeightPx;
    const isVisible = top >= element.scrollTop && top + lineHeightPx * 2 <= element.scrollTop + element.clientHeight;
    if (!isVisible) element.scrollTop = top - element.clientHeight / 2;
  }, [line]);
  const bandAt = (at: number): CSSProperties => ({ top: `${14 + (at - 1) * lineHeightPx - scrollTop}px` });
  return (
    <div className={styles.plain} style={{ height: editorHeightPx(code) }}>
      {line !== null && <div className={styles.now} style={bandAt(line)} />}
      {diagnosis?.line !== undefined && <div className={styles.wrong} style={bandAt(diagnosis.line)} />}
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
        wrap="off"
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
