import clsx from 'clsx';
import { useState, type ReactNode } from 'react';
import { changeId } from '../../course/playground/changes';
import type { ShownClient, ShownPartition, Snapshot } from '../../course/playground/snapshot';
import { valueOf } from '../../course/playground/settings';
import { consumerName, producerName, type Setup } from '../../course/playground/state';
import { useHasChanged } from './changed';
import { FaultButtons } from './FaultButtons';
import { brokerFaults, clientFaults, groupFaults, livingClients, networkFaults, partitionFaults } from './faults-at';
import styles from './Playground.module.css';
import { ReplicaLogs } from './ReplicaLogs';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly snapshot: Snapshot;
  readonly setup: Setup;
  readonly onFault: (does: string) => void;
}

/** Everything that the world holds at the moment that is looked at, with what can be done to it. */
export function WorldPanel({ snapshot, setup, onFault }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const { brokers, partitions, groups } = snapshot;
  return (
    <>
      <section aria-label={strings.cluster}>
        <h3 className={styles.panelTitle}>{strings.cluster}</h3>
        <ul className={styles.things}>
          {brokers.map((broker) => (
            <li key={broker.id} className={styles.thing}>
              <ThingHead
                id={changeId.broker(broker.id)}
                name={strings.broker(broker.id)}
                state={strings.brokerStates[broker.state]}
                isUnwell={broker.state !== 'running'}
                facts={brokerFacts(broker.id, snapshot, strings)}
              />
              <FaultButtons
                faults={brokerFaults(broker, strings)}
                target={strings.broker(broker.id)}
                onFault={onFault}
              />
            </li>
          ))}
        </ul>
      </section>
      {partitions.map((partition) => (
        <PartitionPart key={partition.name} {...{ partition, snapshot, onFault }} />
      ))}
      <p className={styles.note}>{strings.legend}</p>
      {groups.length > 0 && (
        <ul className={styles.things}>
          {groups.map((group) => (
            <li key={group.name} className={styles.thing}>
              <ThingHead
                id={changeId.group(group.name)}
                name={strings.group(group.name)}
                state={group.state === null ? '' : (strings.groupStates[group.state] ?? group.state)}
                isUnwell={group.coordinator === null}
                facts={[
                  group.coordinator === null ? strings.noCoordinator : strings.coordinator(group.coordinator),
                  strings.groupFacts(group.generation, group.members),
                ]}
              />
              <FaultButtons
                faults={groupFaults(group, brokers, strings)}
                target={strings.group(group.name)}
                onFault={onFault}
              />
            </li>
          ))}
        </ul>
      )}
      <ClientsPart {...{ snapshot, setup, onFault }} />
    </>
  );
}

function brokerFacts(id: number, { partitions, groups }: Snapshot, strings: ReturnType<typeof usePlaygroundStrings>) {
  const led = partitions.filter(({ leader }) => leader === id).map(({ name }) => name);
  const coordinated = groups.filter(({ coordinator }) => coordinator === id).map(({ name }) => name);
  return [
    ...(led.length === 0 ? [] : [strings.leads(led)]),
    ...(coordinated.length === 0 ? [] : [strings.coordinates(coordinated)]),
  ];
}

interface HeadProps {
  /** Of the thing, among what a step changes; none for what nothing changes. */
  readonly id?: string;
  readonly name: string;
  readonly state: string;
  readonly isUnwell: boolean;
  readonly facts: readonly string[];
}

function ThingHead({ id = '', name, state, isUnwell, facts }: HeadProps): ReactNode {
  const hasChanged = useHasChanged(id);
  return (
    <p className={clsx(styles.thingHead, hasChanged && styles.changed)}>
      <b>{name}</b>
      {state !== '' && <span className={clsx(styles.state, isUnwell && styles.unwell)}>{state}</span>}
      {facts.map((fact) => (
        <span key={fact} className={styles.fact}>
          {fact}
        </span>
      ))}
    </p>
  );
}

function PartitionPart({
  partition,
  snapshot,
  onFault,
}: Pick<Props, 'snapshot' | 'onFault'> & { readonly partition: ShownPartition }): ReactNode {
  const strings = usePlaygroundStrings();
  const { name, leader, epoch, isr, eligible, replicas } = partition;
  const led = replicas.find(({ isLeader }) => isLeader);
  const facts = [
    strings.leaderEpoch(epoch),
    strings.isr(isr),
    ...(eligible.length === 0 ? [] : [strings.eligible(eligible)]),
    ...(led === undefined ? [] : [strings.watermarks(led.highWatermark, led.lastStableOffset)]),
  ];
  return (
    <section className={styles.partition} aria-label={strings.partition(name)}>
      <ThingHead
        id={changeId.partition(name)}
        name={name}
        state={leader === null ? strings.noLeader : ''}
        isUnwell={leader === null}
        facts={facts}
      />
      <ReplicaLogs partition={partition} groups={snapshot.groups} brokers={snapshot.brokers} />
      <FaultButtons
        faults={partitionFaults(partition, snapshot.brokers, strings)}
        target={strings.partition(name)}
        onFault={onFault}
      />
    </section>
  );
}

function ClientsPart({ snapshot, setup, onFault }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const expected = [
    ...setup.producers.map((_, index) => producerName(index)),
    ...setup.consumers.map((_, index) => consumerName(index)),
  ];
  const [isAll, setAll] = useState(false);
  const living = livingClients(snapshot.clients);
  const shown = isAll ? living : living.slice(0, CLIENTS_SHOWN);
  const waiting = expected.filter((name) => !snapshot.clients.some((client) => client.name === name));
  if (expected.length === 0) return null;
  return (
    <section aria-label={strings.clientsHeading}>
      <h3 className={styles.panelTitle}>{strings.clientsHeading}</h3>
      <ul className={styles.things}>
        {shown.map((client) => (
          <li key={client.name} className={styles.thing}>
            <ThingHead
              id={changeId.client(client.name)}
              name={client.name}
              state={strings.clientStates[client.state]}
              isUnwell={client.state !== 'running'}
              facts={clientFacts(client, strings)}
            />
            <FaultButtons faults={clientFaults(client, strings)} target={client.name} onFault={onFault} />
            <Network client={client} {...{ snapshot, setup, onFault }} />
          </li>
        ))}
        {waiting.map((name) => (
          <li key={name} className={styles.thing}>
            <ThingHead name={name} state={strings.notStarted} isUnwell={false} facts={[]} />
          </li>
        ))}
      </ul>
      {shown.length < living.length && (
        <button type="button" className={styles.button} onClick={() => setAll(true)}>
          {strings.moreClients(living.length - shown.length)}
        </button>
      )}
    </section>
  );
}

/** Of several lives of one client many may be left: they are shown when asked for. */
const CLIENTS_SHOWN = 12;

/** Folded away: there are many, and most runs need none. */
function Network({ client, snapshot, setup, onFault }: Props & { readonly client: ShownClient }): ReactNode {
  const strings = usePlaygroundStrings();
  const faults = networkFaults(client, snapshot.brokers, isTransactional(client, setup), strings);
  if (faults.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>
        {strings.network}
        <span className={styles.spoken}>: {client.name}</span>
      </summary>
      <FaultButtons faults={faults} target={client.name} onFault={onFault} />
    </details>
  );
}

function clientFacts(client: ShownClient, strings: ReturnType<typeof usePlaygroundStrings>): readonly string[] {
  const { kind, state, cutOff, assigned, processed, confirmed } = client;
  return [
    ...(cutOff.length === 0 || state === 'gone' ? [] : [strings.cutOff(cutOff)]),
    ...(kind === 'producer' || state === 'gone' ? [] : [strings.assigned(assigned)]),
    kind === 'producer' ? strings.confirmed(confirmed) : strings.processed(processed),
  ];
}

function isTransactional({ name, kind }: ShownClient, { producers, consumers, client }: Setup): boolean {
  const values = (kind === 'producer' ? producers : consumers)[Number(/\d/.exec(name)?.[0] ?? 1) - 1] ?? {};
  return kind === 'producer'
    ? valueOf('producer', values, 'transactional.id', client) !== ''
    : valueOf('consumer', values, 'results', client) === 'transactions';
}
