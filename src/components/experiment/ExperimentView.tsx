import type { ExperimentData } from '@course/experiments';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { variantKey, type Choice, type ExperimentSwitch } from '../../course/define-experiment';
import { useLocale } from '../format';
import { timelineRows } from '../timeline/rows';
import { SteppedRun } from '../timeline/SteppedRun';
import styles from './Experiment.module.css';

interface Props {
  readonly data: ExperimentData;
  readonly begin: Choice;
  readonly withSource: boolean;
}

/** A fixed program in the model: its switches, the run that they lead to, and what comes of it. */
export default function ExperimentView({ data, begin, withSource }: Props): ReactNode {
  const locale = useLocale();
  const [choice, setChoice] = useState<Choice>(() => ({ ...firstChoice(data.switches), ...begin }));
  const key = variantKey(data.switches, choice);
  const variant = data.variants[key];
  const recording = data.recordings[variant?.recording ?? ''];
  const first = useMemo(
    () => (recording === undefined ? 0 : (timelineRows(recording, { all: false })[0]?.event.step ?? 0)),
    [recording],
  );
  const [at, setAt] = useState({ key, step: first });
  if (variant === undefined || recording === undefined) {
    throw new Error(
      `<Experiment id="${data.id}" />: no combination "${key}". Known: ${Object.keys(data.variants).join(', ')}`,
    );
  }
  const source = data.programs[variant.program] ?? '';
  return (
    <div className={styles.experiment}>
      {data.switches.map((asked) => (
        <Switch
          key={asked.id}
          {...{ asked }}
          chosen={choice[asked.id] ?? ''}
          onChoose={(option) => setChoice({ ...choice, [asked.id]: option })}
        />
      ))}
      <p className={styles.outcome} aria-live="polite">
        {variant.outcome[locale]}
      </p>
      <SteppedRun
        run={{ recording, source }}
        words={data.words[locale]}
        step={at.key === key ? at.step : first}
        onStep={(step) => setAt({ key, step })}
        {...{ withSource }}
      />
    </div>
  );
}

function firstChoice(switches: readonly ExperimentSwitch[]): Choice {
  return Object.fromEntries(switches.map(({ id, options }) => [id, options[0]?.id ?? '']));
}

interface SwitchProps {
  readonly asked: ExperimentSwitch;
  readonly chosen: string;
  readonly onChoose: (option: string) => void;
}

function Switch({ asked, chosen, onChoose }: SwitchProps): ReactNode {
  const locale = useLocale();
  const name = useId();
  return (
    <fieldset className={styles.question}>
      <legend>{asked.label[locale]}</legend>
      <div className={styles.choices}>
        {asked.options.map((option) => (
          <label key={option.id} className={styles.choice}>
            <input
              type="radio"
              name={name}
              value={option.id}
              aria-label={option.label[locale]}
              checked={option.id === chosen}
              onChange={() => onChoose(option.id)}
            />
            <span>{option.label[locale]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
