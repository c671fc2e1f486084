import { useId, type ReactNode, type Ref } from 'react';
import { useStrings } from '../strings';
import { changeEditorSettings, FONT_SIZES, useEditorSettings, type EditorSettings } from './editor/editor-settings';
import styles from './KeysDialog.module.css';

/** All keys of a lab, and how the editor is to be; both are kept in this browser. */
export function KeysDialog({ ref }: { readonly ref: Ref<HTMLDialogElement> }): ReactNode {
  const strings = useStrings();
  const titleId = useId();
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby={titleId}>
      <form method="dialog" className={styles.head}>
        <h2 id={titleId}>{strings.keysAndSettings}</h2>
        <button className={styles.close}>{strings.close}</button>
      </form>
      <Settings />
      <h3>{strings.keys.title}</h3>
      <dl className={styles.keys}>
        {strings.keys.list.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{forThisKeyboard(keys)}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

function Settings(): ReactNode {
  const strings = useStrings();
  const settings = useEditorSettings();
  const flags = [
    'isWrapped',
    'tabLeaves',
    'isAccessible',
    'isPlain',
  ] as const satisfies readonly (keyof EditorSettings)[];
  return (
    <div className={styles.settings}>
      <h3>{strings.settings.title}</h3>
      <label className={styles.setting}>
        <select
          value={settings.fontSize}
          onChange={(event) => changeEditorSettings({ fontSize: Number(event.currentTarget.value) })}
        >
          {FONT_SIZES.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
        {strings.settings.fontSize}
      </label>
      {flags.map((flag) => (
        <label key={flag} className={styles.setting}>
          <input
            type="checkbox"
            checked={settings[flag]}
            onChange={(event) => changeEditorSettings({ [flag]: event.currentTarget.checked })}
          />
          {strings.settings[flag]}
        </label>
      ))}
    </div>
  );
}

function forThisKeyboard(keys: string): string {
  const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
  return isMac ? keys.replaceAll('Ctrl', '⌘').replaceAll('Alt', '⌥') : keys;
}
