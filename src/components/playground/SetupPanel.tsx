import { useId, type ReactNode } from 'react';
import { settingsOf, type Client, type Section, type Values } from '../../course/playground/settings';
import {
  CONSUMERS_MAX,
  consumerName,
  PRODUCERS_MAX,
  producerName,
  SEED_MAX,
  type Setup,
} from '../../course/playground/state';
import styles from './Playground.module.css';
import { SettingField } from './SettingField';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly setup: Setup;
  readonly onSetup: (setup: Setup) => void;
}

/** Everything that can be set before the run begins. A change plays the run anew. */
export function SetupPanel({ setup, onSetup }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const { client } = setup;
  return (
    <div className={styles.setup}>
      <ClientChoice {...{ setup, onSetup }} />
      <Seed {...{ setup, onSetup }} />
      <Part
        section="topic"
        title={strings.sections.topic}
        {...{ client }}
        values={setup.topic}
        onValues={(topic) => onSetup({ ...setup, topic })}
      />
      <Part
        section="cluster"
        title={strings.sections.cluster}
        {...{ client }}
        values={setup.cluster}
        onValues={(cluster) => onSetup({ ...setup, cluster })}
      />
      <Clients
        section="producer"
        {...{ client }}
        all={setup.producers}
        max={PRODUCERS_MAX}
        nameOf={producerName}
        onAll={(producers) => onSetup({ ...setup, producers })}
      />
      <Clients
        section="consumer"
        {...{ client }}
        all={setup.consumers}
        max={CONSUMERS_MAX}
        nameOf={consumerName}
        onAll={(consumers) => onSetup({ ...setup, consumers })}
      />
      <p className={styles.note}>{strings.notHere}</p>
    </div>
  );
}

/** Values that the other client has no setting for are left behind. */
function ClientChoice({ setup, onSetup }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const id = useId();
  const choose = (client: Client): void => {
    const known = (section: Section, values: Values): Values =>
      Object.fromEntries(
        Object.entries(values).filter(([key]) => settingsOf(section, client).some((setting) => setting.id === key)),
      );
    onSetup({
      ...setup,
      client,
      producers: setup.producers.map((values) => known('producer', values)),
      consumers: setup.consumers.map((values) => known('consumer', values)),
    });
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {strings.client}
      </label>
      <select
        id={id}
        className={styles.input}
        aria-describedby={`${id}-help`}
        value={setup.client}
        onChange={(event) => choose(event.currentTarget.value === 'J' ? 'J' : 'C')}
      >
        <option value="C">{strings.clients.C}</option>
        <option value="J">{strings.clients.J}</option>
      </select>
      <p id={`${id}-help`} className={styles.help}>
        {strings.clientHelp}
      </p>
    </div>
  );
}

function Seed({ setup, onSetup }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const id = useId();
  const set = (seed: number): void =>
    onSetup({ ...setup, seed: Math.min(Math.max(Math.trunc(seed) || 0, 0), SEED_MAX) });
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {strings.seed}
      </label>
      <span className={styles.inputs}>
        <input
          id={id}
          className={styles.input}
          type="number"
          min={0}
          max={SEED_MAX}
          aria-describedby={`${id}-help`}
          value={setup.seed}
          onChange={(event) => set(event.currentTarget.valueAsNumber)}
        />
        <button type="button" className={styles.small} onClick={() => set(setup.seed + 1)}>
          {strings.otherSeed}
        </button>
      </span>
      <p id={`${id}-help`} className={styles.help}>
        {strings.seedHelp}
      </p>
    </div>
  );
}

interface ClientsProps {
  readonly section: 'producer' | 'consumer';
  readonly client: Client;
  readonly all: readonly Values[];
  readonly max: number;
  readonly nameOf: (index: number) => string;
  readonly onAll: (all: readonly Values[]) => void;
}

function Clients({ section, client, all, max, nameOf, onAll }: ClientsProps): ReactNode {
  const strings = usePlaygroundStrings();
  // A further member of the group is set like the one before it.
  const another = (): Values => all.at(-1) ?? (section === 'consumer' ? { 'auto.offset.reset': 'earliest' } : {});
  return (
    <>
      {all.map((values, index) => (
        <Part
          key={nameOf(index)}
          {...{ section, client, values }}
          title={`${strings.sections[section]} ${nameOf(index)}`}
          onValues={(next) => onAll(all.map((old, at) => (at === index ? next : old)))}
          onRemove={index === all.length - 1 ? () => onAll(all.slice(0, -1)) : undefined}
          removeLabel={strings.removeClient(nameOf(index))}
        />
      ))}
      {all.length < max && (
        <button type="button" className={styles.button} onClick={() => onAll([...all, another()])}>
          {section === 'producer' ? strings.addProducer : strings.addConsumer}
        </button>
      )}
    </>
  );
}

interface PartProps {
  readonly section: Section;
  readonly title: string;
  readonly client: Client;
  readonly values: Values;
  readonly onValues: (values: Values) => void;
  readonly onRemove?: (() => void) | undefined;
  readonly removeLabel?: string;
}

/** The settings of one thing, folded away under its name and the number of those that were changed. */
function Part({ section, title, client, values, onValues, onRemove, removeLabel }: PartProps): ReactNode {
  const strings = usePlaygroundStrings();
  const settings = settingsOf(section, client);
  const changed = settings.filter(({ id, defaults }) => values[id] !== undefined && values[id] !== defaults[client]);
  const set = (id: string, value: string): void => {
    const { [id]: _old, ...others } = values;
    const isDefault = settings.find((setting) => setting.id === id)?.defaults[client] === value;
    onValues(isDefault ? others : { ...others, [id]: value });
  };
  return (
    <details className={styles.part}>
      <summary className={styles.partTitle}>
        <span>{title}</span>
        {changed.length > 0 && (
          <span className={styles.changes}>
            {changed.length <= 2
              ? changed.map(({ id }) => `${id} ${values[id]}`).join(', ')
              : strings.changed(changed.length)}
          </span>
        )}
      </summary>
      <div className={styles.fields}>
        {settings.map((setting) => (
          <SettingField key={setting.id} {...{ setting, section, client, values }} owner={title} onValue={set} />
        ))}
        {onRemove !== undefined && (
          <button type="button" className={styles.button} onClick={onRemove}>
            {removeLabel}
          </button>
        )}
      </div>
    </details>
  );
}
