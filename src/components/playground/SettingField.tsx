import Link from '@docusaurus/Link';
import { useId, useState, type ReactNode } from 'react';
import { isPossible, type Client, type Section, type Setting, type Values } from '../../course/playground/settings';
import { formatNumber, useLocale, type Locale } from '../format';
import styles from './Playground.module.css';
import { settingWords } from './setting-words';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly setting: Setting;
  readonly section: Section;
  readonly owner: string;
  readonly client: Client;
  readonly values: Values;
  readonly onValue: (id: string, value: string) => void;
}

/** One setting: its name, what it is, its default, and where the reference explains it. */
export function SettingField({ setting, section, owner, client, values, onValue }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const locale = useLocale();
  const id = useId();
  const { label, help } = settingWords(locale, section, setting.id);
  const name = label ?? setting.name?.[client] ?? setting.id;
  const standard = setting.defaults[client];
  const value = values[setting.id] ?? standard;
  const props = { id, setting, value, isChanged: value !== standard, describedBy: `${id}-help` };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={setting.name === null ? styles.label : styles.codeLabel}>
        <span className={styles.spoken}>{owner}: </span>
        {name}
        {setting.kind.type === 'ms' && !name.endsWith('.ms') && <span className={styles.unit}>, {strings.unitMs}</span>}
      </label>
      {setting.kind.type === 'choice' ? (
        <select
          id={id}
          className={styles.input}
          data-changed={props.isChanged}
          aria-describedby={props.describedBy}
          value={value}
          onChange={(event) => onValue(setting.id, event.currentTarget.value)}
        >
          {setting.kind.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <TextInput {...props} onValue={(text) => onValue(setting.id, text)} />
      )}
      <p id={props.describedBy} className={styles.help}>
        {help} <span className={styles.standard}>{strings.default(shownDefault(locale, setting, standard))}</span>
        {setting.anchor !== null && (
          <>
            {' '}
            <Link to={`/lessons/reference/settings/#${setting.anchor}`}>
              {strings.more}
              <span className={styles.spoken}>: {strings.reference(name)}</span>
            </Link>
          </>
        )}
      </p>
    </div>
  );
}

function shownDefault(locale: Locale, { kind }: Setting, value: string): string {
  return kind.type === 'ms' || kind.type === 'count' ? formatNumber(locale, Number(value)) : value;
}

interface InputProps {
  readonly id: string;
  readonly setting: Setting;
  readonly value: string;
  readonly isChanged: boolean;
  readonly describedBy: string;
  readonly onValue: (value: string) => void;
}

/** What is typed becomes the value when it is possible and the field is left, or Enter pressed. */
function TextInput({ id, setting, value, isChanged, describedBy, onValue }: InputProps): ReactNode {
  const strings = usePlaygroundStrings();
  const locale = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const { kind } = setting;
  const isNumber = kind.type === 'ms' || kind.type === 'count';
  const text = typed ?? value;
  const isWrong = !isPossible(setting, text);
  const commit = (): void => {
    if (typed !== null && typed !== value && !isWrong) onValue(isNumber ? String(Number(typed)) : typed);
    if (!isWrong) setTyped(null);
  };
  return (
    <>
      <input
        id={id}
        className={styles.input}
        data-changed={isChanged}
        inputMode={isNumber ? 'numeric' : 'text'}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={isNumber ? undefined : strings.noDefault}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong ${describedBy}` : describedBy}
        onChange={(event) => setTyped(event.currentTarget.value.trim())}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      {isWrong && (
        <p id={`${id}-wrong`} className={styles.wrong} role="alert">
          {isNumber
            ? strings.outOfBounds(formatNumber(locale, kind.min), formatNumber(locale, kind.max))
            : strings.noName}
        </p>
      )}
    </>
  );
}
