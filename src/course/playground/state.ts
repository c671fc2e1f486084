/**
 * The state of the playground: all that its run is a function of. Small, plain data, so that it fits into a link and a
 * record of the browser's storage; read with suspicion, because both can come from anywhere.
 */
import { isPossible, settingsOf, valueOf, type Client, type Section, type Values } from './settings';

export interface Setup {
  readonly client: Client;
  /** 0: pauses of programs are exact. */
  readonly seed: number;
  readonly cluster: Values;
  readonly topic: Values;
  /** At most three: P1, P2, P3. */
  readonly producers: readonly Values[];
  /** At most four: C1 to C4. */
  readonly consumers: readonly Values[];
}

/** What somebody did to the running cluster; `does` is a command as scenarios have it (`action-commands.ts`). */
export interface Action {
  /** Virtual milliseconds from the beginning. */
  readonly at: number;
  readonly does: string;
}

export interface PlaygroundState {
  readonly setup: Setup;
  /** In the order of time. */
  readonly actions: readonly Action[];
  /** How far the run has got, in virtual milliseconds. */
  readonly until: number;
}

export const PRODUCERS_MAX = 3;
export const CONSUMERS_MAX = 4;
export const ACTIONS_MAX = 100;
/** A run is not played beyond that. */
export const UNTIL_MAX_MS = 1_800_000;
export const SEED_MAX = 999_999;

const ACTION = new RegExp(
  [
    '^(?:kill|pause|resume|stop|restart) [1-3]$',
    '^(?:kill|stop) (?:leader\\((?:orders|results)/[0-3]\\)|coordinator\\([A-Za-z][A-Za-z0-9-]{0,19}\\))$',
    '^elect (?:orders|results)/[0-3]$',
    '^(?:kill|pause|resume|close) [PC][1-4](?:-\\d{1,2})?$',
    '^start [PC][1-4]$',
    '^drop-request [PC][1-4](?:-\\d{1,2})? (?:Produce|OffsetCommit|EndTxn)$',
    '^delay-request [PC][1-4](?:-\\d{1,2})? (?:Produce|OffsetCommit|EndTxn)$',
    '^(?:cut|heal) [PC][1-4](?:-\\d{1,2})? [1-3]$',
    '^drop-response [PC][1-4](?:-\\d{1,2})? (?:Produce|OffsetCommit|EndTxn)(?: by=swallow)?$',
  ].join('|'),
);

/** Whether the text is one of the commands that an action can be. */
export function isAction(does: string): boolean {
  return ACTION.test(does);
}

export function brokerCount({ client, cluster }: Setup): 1 | 3 {
  return valueOf('cluster', cluster, 'brokers', client) === '1' ? 1 : 3;
}

/** What cannot be, and what to do about it; null for a setup that can be played. */
export type SetupProblem =
  | { readonly kind: 'replication'; readonly factor: number; readonly brokers: number }
  | { readonly kind: 'tid-missing'; readonly producer: string }
  | { readonly kind: 'transaction-missing'; readonly producer: string }
  | { readonly kind: 'value'; readonly section: Section; readonly owner: string; readonly setting: string };

export function problemOf(setup: Setup): SetupProblem | null {
  const { client } = setup;
  const impossible = firstImpossible(setup);
  if (impossible !== null) return impossible;
  const factor = Number(valueOf('topic', setup.topic, 'replication.factor', client));
  const brokers = brokerCount(setup);
  if (factor > brokers) return { kind: 'replication', factor, brokers };
  for (const [index, values] of setup.producers.entries()) {
    const producer = producerName(index);
    const has = (id: string): boolean => !['', '0'].includes(valueOf('producer', values, id, client));
    if (has('transaction') && !has('transactional.id')) return { kind: 'tid-missing', producer };
    if (!has('transaction') && has('transactional.id')) return { kind: 'transaction-missing', producer };
  }
  return null;
}

function firstImpossible(setup: Setup): SetupProblem | null {
  for (const [section, owner, values] of sectionsOf(setup)) {
    for (const setting of settingsOf(section, setup.client)) {
      const value = values[setting.id];
      if (value !== undefined && !isPossible(setting, value))
        return { kind: 'value', section, owner, setting: setting.id };
    }
  }
  return null;
}

/** Every set of values with what it belongs to. */
export function sectionsOf(setup: Setup): readonly (readonly [section: Section, owner: string, values: Values])[] {
  return [
    ['cluster', 'cluster', setup.cluster],
    ['topic', 'orders', setup.topic],
    ...setup.producers.map((values, index) => ['producer', producerName(index), values] as const),
    ...setup.consumers.map((values, index) => ['consumer', consumerName(index), values] as const),
  ];
}

export function producerName(index: number): string {
  return `P${index + 1}`;
}

export function consumerName(index: number): string {
  return `C${index + 1}`;
}

/** What was kept or sent as a state, or null when it is none. */
export function readState(value: unknown): PlaygroundState | null {
  if (!isObject(value)) return null;
  const { setup, actions, until } = value;
  const read = readSetup(setup);
  if (read === null || !Array.isArray(actions) || actions.length > ACTIONS_MAX) return null;
  if (!isWhole(until, UNTIL_MAX_MS) || !actions.every(isReadAction)) return null;
  const isInOrder = actions.every(({ at }, index) => index === 0 || actions[index - 1]!.at <= at);
  if (!isInOrder) return null;
  return { setup: read, actions: actions.map(({ at, does }) => ({ at, does })), until };
}

function readSetup(value: unknown): Setup | null {
  if (!isObject(value)) return null;
  const { client, seed, cluster, topic, producers, consumers } = value;
  if ((client !== 'C' && client !== 'J') || !isWhole(seed, SEED_MAX)) return null;
  const isListed = (list: unknown, max: number): list is Values[] =>
    Array.isArray(list) && list.length <= max && list.every(isValues);
  if (!isValues(cluster) || !isValues(topic)) return null;
  if (!isListed(producers, PRODUCERS_MAX) || !isListed(consumers, CONSUMERS_MAX)) return null;
  const setup: Setup = { client, seed, cluster, topic, producers, consumers };
  const hasStranger = sectionsOf(setup).some(([section, , values]) =>
    Object.keys(values).some((id) => !settingsOf(section, client).some((setting) => setting.id === id)),
  );
  return hasStranger || firstImpossible(setup) !== null ? null : setup;
}

function isReadAction(value: unknown): value is Action {
  return (
    isObject(value) &&
    isWhole(value['at'], UNTIL_MAX_MS) &&
    typeof value['does'] === 'string' &&
    isAction(value['does'])
  );
}

function isValues(value: unknown): value is Values {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max;
}
