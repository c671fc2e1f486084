/** One switch, two programs, one crash: what the order of two lines decides. */
import { useEffect, useRef, useState } from 'react';
import Translate, { translate } from '@docusaurus/Translate';
import Run from '@site/src/components/timeline/Run';
import styles from './RunSwitch.module.css';

const LAB = 'at-least-once-consumer';

/** When the program commits, and the run of the lab that shows it. */
const CHOICES = [
  { value: 'before', run: 'crash-before-shipping' },
  { value: 'after', run: 'crash-after-shipping' },
] as const;

export default function RunSwitch() {
  const [chosen, choose] = useState<(typeof CHOICES)[number]>(CHOICES[0]);
  const question = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // What was chosen before the page was live.
    const value = question.current?.querySelector<HTMLInputElement>('input:checked')?.value;
    const early = CHOICES.find((choice) => choice.value === value);
    if (early !== undefined) choose(early);
  }, []);
  return (
    <div className={styles.run}>
      <fieldset ref={question} className={styles.question}>
        <legend>
          <Translate id="home.run.question">Commit the offset …</Translate>
        </legend>
        <div className={styles.choices}>
          {CHOICES.map((choice) => (
            <label key={choice.value} className={styles.choice}>
              <input
                type="radio"
                name="commit"
                value={choice.value}
                checked={choice === chosen}
                onChange={() => choose(choice)}
              />
              <span>{labelOf(choice.value)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Run key={chosen.run} lab={LAB} name={chosen.run} withSource={false} />
    </div>
  );
}

function labelOf(value: 'before' | 'after'): string {
  return value === 'before'
    ? translate({ id: 'home.run.before', message: 'before shipping' })
    : translate({ id: 'home.run.after', message: 'after shipping' });
}
