/** What can be done to each thing of the world as it stands: the buttons beside it. */
import type { ShownBroker, ShownClient, ShownGroup, ShownPartition } from '../../course/playground/snapshot';
import { FETCHES_END_MS } from '../../scenarios/model/faults';
import type { Action, PlaygroundState } from '../../course/playground/state';
import type { Strings } from './strings.en';

export interface Fault {
  readonly label: string;
  /** A command as actions have it. */
  readonly does: string;
  readonly title?: string;
}

export function brokerFaults({ id, state }: ShownBroker, { faults }: Strings): readonly Fault[] {
  switch (state) {
    case 'running':
      return [
        { label: faults.kill, does: `kill ${id}` },
        { label: faults.pause, does: `pause ${id}` },
        { label: faults.stop, does: `stop ${id}` },
      ];
    case 'paused':
      return [
        { label: faults.resume, does: `resume ${id}` },
        { label: faults.kill, does: `kill ${id}` },
      ];
    case 'dead':
      return [{ label: faults.restart, does: `restart ${id}` }];
  }
}

export function partitionFaults(
  { name, leader, isr, replicas }: ShownPartition,
  brokers: readonly ShownBroker[],
  { faults, shrinkTitle }: Strings,
): readonly Fault[] {
  const isRunning = (id: number | null): boolean =>
    brokers.some((broker) => broker.id === id && broker.state === 'running');
  const follower = isr.find((id) => id !== leader && isRunning(id));
  const found: Fault[] = [];
  if (isRunning(leader)) {
    found.push({ label: faults.failOver, does: `kill leader(${name})` });
    if (replicas.length > 1) found.push({ label: faults.moveLeader, does: `stop leader(${name})` });
  }
  if (follower !== undefined)
    found.push({ label: faults.shrink, does: `pause ${follower}`, title: shrinkTitle(follower) });
  if (leader !== null && leader !== replicas[0]?.broker) found.push({ label: faults.elect, does: `elect ${name}` });
  return found;
}

export function groupFaults(
  { name, coordinator }: ShownGroup,
  brokers: readonly ShownBroker[],
  { faults }: Strings,
): readonly Fault[] {
  const isRunning = brokers.some(({ id, state }) => id === coordinator && state === 'running');
  if (!isRunning || brokers.length === 1) return [];
  return [
    { label: faults.moveCoordinator, does: `stop coordinator(${name})` },
    { label: faults.killCoordinator, does: `kill coordinator(${name})` },
  ];
}

export function clientFaults({ name, state, cutOff }: ShownClient, { faults }: Strings): readonly Fault[] {
  const [base = name] = name.split('-');
  const healed = cutOff.map((broker) => ({ label: faults.heal(broker), does: `heal ${name} ${broker}` }));
  if (state === 'gone') return [{ label: faults.start, does: `start ${base}` }];
  const crash = { label: faults.crash, does: `kill ${name}` };
  if (state === 'paused')
    return [
      { label: faults.resume, does: `resume ${name}` },
      { label: faults.replace, does: `start ${base}` },
      crash,
      ...healed,
    ];
  return [
    ...healed,
    crash,
    { label: faults.pause, does: `pause ${name}` },
    { label: faults.close, does: `close ${name}` },
  ];
}

/**
 * What the network can do to a client: requests and answers that get lost or come late, brokers that it cannot reach.
 * @param isTransactional it ends transactions, so that their ends can be lost as well
 */
export function networkFaults(
  { name, kind, state, cutOff }: ShownClient,
  brokers: readonly ShownBroker[],
  isTransactional: boolean,
  { faults }: Strings,
): readonly Fault[] {
  if (state === 'gone') return [];
  const isCommitting = kind === 'consumer' && !isTransactional;
  const apis = isCommitting ? ['OffsetCommit'] : isTransactional ? ['Produce', 'EndTxn'] : ['Produce'];
  const ofRequests = apis.flatMap((api) => [
    { label: faults.loseRequest(api), does: `drop-request ${name} ${api}` },
    { label: faults.loseAnswer(api), does: `drop-response ${name} ${api}` },
    { label: faults.swallow(api), does: `drop-response ${name} ${api} by=swallow` },
    { label: faults.delay(api), does: `delay-request ${name} ${api}`, title: faults.delayTitle },
  ]);
  const cuts = brokers
    .filter(({ id }) => !cutOff.includes(id))
    .map(({ id }) => ({ label: faults.cut(id), does: `cut ${name} ${id}`, title: faults.cutTitle }));
  return [...ofRequests, ...cuts];
}

/** Clients to be shown: of several lives the last one, and older ones that may still act. */
export function livingClients(clients: readonly ShownClient[]): readonly ShownClient[] {
  const base = (name: string): string => name.split('-')[0] ?? name;
  const isLast = (client: ShownClient): boolean =>
    clients.filter(({ name }) => base(name) === base(client.name)).at(-1) === client;
  return clients
    .filter((client) => client.state !== 'gone' || isLast(client))
    .sort((a, b) => (a.kind === b.kind ? a.name.localeCompare(b.name, 'en') : a.kind === 'producer' ? -1 : 1));
}

export interface Inserted {
  readonly state: PlaygroundState;
  /** How many later actions are no longer there. */
  readonly dropped: number;
}

/** The state with one more action at this moment; what came after the moment is another story now. */
export function withAction(state: PlaygroundState, now: number, does: string): Inserted {
  const earlier = state.actions.filter(({ at }) => at <= now);
  const action: Action = { at: now, does };
  const until = now + (/^pause \d$/.test(does) ? FETCHES_END_MS : 0);
  return {
    state: { ...state, actions: [...earlier, action], until },
    dropped: state.actions.length - earlier.length,
  };
}

/** What an action is called in the list: its button and what it hits. */
export function actionLabel(does: string, strings: Strings): string {
  const { faults, faultOn } = strings;
  const [, verb = '', target = '', ...rest] = /^(\S+) (\S+)(?: (.+))?$/.exec(does) ?? [];
  const isBroker = /^\d$/.test(target);
  const named = isBroker ? strings.broker(Number(target)) : target.replace(/^(?:leader|coordinator)\((.+)\)$/, '$1');
  const api = rest[0]?.split(' ')[0] ?? '';
  return faultOn(labelOf(verb, target, isBroker, api, does, faults), named);
}

function labelOf(
  verb: string,
  target: string,
  isBroker: boolean,
  api: string,
  does: string,
  faults: Strings['faults'],
): string {
  if (target.startsWith('leader(')) return verb === 'kill' ? faults.failOver : faults.moveLeader;
  if (target.startsWith('coordinator(')) return verb === 'kill' ? faults.killCoordinator : faults.moveCoordinator;
  const labels: Readonly<Record<string, string>> = {
    kill: isBroker ? faults.kill : faults.crash,
    restart: faults.restart,
    pause: faults.pause,
    resume: faults.resume,
    stop: faults.stop,
    close: faults.close,
    start: faults.start,
    elect: faults.elect,
    'drop-request': faults.loseRequest(api),
    'delay-request': faults.delay(api),
    cut: faults.cut(Number(api)),
    heal: faults.heal(Number(api)),
    'drop-response': does.endsWith('by=swallow') ? faults.swallow(api) : faults.loseAnswer(api),
  };
  return labels[verb] ?? does;
}
