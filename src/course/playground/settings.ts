/**
 * The settings of the playground: what each is called, what it can be, what it is when nobody says anything, and how it
 * is said in a scenario. Names and defaults are those of `docs/reference/settings.mdx`.
 */

/** C: `@confluentinc/kafka-javascript`. J: Java's kafka-clients. */
export type Client = 'C' | 'J';

export type Section = 'cluster' | 'topic' | 'producer' | 'consumer';

export type SettingKind =
  | { readonly type: 'count' | 'ms'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** A letter, then letters, digits and hyphens; may be empty where the default is. */
  | { readonly type: 'name' };

export interface Setting {
  /** Unique within its section. */
  readonly id: string;
  /** Kafka's name by client; null for what is no setting of Kafka's: how many records to send, how long work takes. */
  readonly name: Readonly<Record<Client, string>> | null;
  /** Its heading in the reference of settings. */
  readonly anchor: string | null;
  readonly kind: SettingKind;
  readonly defaults: Readonly<Record<Client, string>>;
  /** Left out for the other client, which has no such setting. */
  readonly only?: Client;
  /** The setting as a word of the scenario, given a value that is not the default. */
  readonly word: (value: string) => string;
  /** Said always with this client, because the language has another default than the client. */
  readonly always?: readonly Client[];
}

const DAY_MS = 86_400_000;
const COUNT_MAX = 2_147_483_647;

const same = (value: string): Readonly<Record<Client, string>> => ({ C: value, J: value });
const both = (C: string, J: string): Readonly<Record<Client, string>> => ({ C, J });
const ms = (min: number, max: number): SettingKind => ({ type: 'ms', min, max });
const count = (min: number, max: number): SettingKind => ({ type: 'count', min, max });
const choice = (...options: readonly string[]): SettingKind => ({ type: 'choice', options });
const option =
  (key: string) =>
  (value: string): string =>
    `${key}=${value}`;
const lasting =
  (key: string) =>
  (value: string): string =>
    `${key}=${value}ms`;
const nothing = (): string => '';

/** A time of all brokers; with less than `min` a broker does not start. */
function ofBrokers(id: string, key: string, anchor: string | null, value: number, min: number, max: number): Setting {
  const name = same(id);
  return {
    id,
    name,
    anchor,
    kind: ms(min, max),
    defaults: same(String(value)),
    word: lasting(key),
    always: ['C', 'J'],
  };
}

const CLUSTER: readonly Setting[] = [
  { id: 'brokers', name: null, anchor: null, kind: choice('1', '3'), defaults: same('3'), word: nothing },
  // A broker looks for followers that lag every half of it, and no timer of Kafka's has a period of 0.
  ofBrokers('replica.lag.time.max.ms', 'replica-lag', 'replica-lag-time-max-ms', 30_000, 2, 120_000),
  ofBrokers('broker.session.timeout.ms', 'broker-session', null, 9000, 0, 120_000),
  ofBrokers('group.initial.rebalance.delay.ms', 'group-delay', 'group-initial-rebalance-delay-ms', 3000, 0, 60_000),
  ofBrokers('transaction.max.timeout.ms', 'txn-max-timeout', 'transaction-max-timeout-ms', 900_000, 1, DAY_MS),
  ofBrokers('producer.id.expiration.ms', 'producer-id-expiration', 'producer-id-expiration-ms', DAY_MS, 1, DAY_MS),
  ofBrokers(
    'transactional.id.expiration.ms',
    'tid-expiration',
    'transactional-id-expiration-ms',
    7 * DAY_MS,
    1,
    7 * DAY_MS,
  ),
  {
    id: 'offsets.retention.minutes',
    name: same('offsets.retention.minutes'),
    anchor: 'offsets-retention-minutes',
    kind: count(1, 10_080),
    defaults: same('10080'),
    word: (value) => `offsets-retention=${Number(value) * 60}s`,
  },
];

const TOPIC: readonly Setting[] = [
  { id: 'partitions', name: null, anchor: null, kind: count(1, 4), defaults: same('1'), word: option('partitions') },
  {
    id: 'replication.factor',
    name: same('replication.factor'),
    anchor: 'default-replication-factor',
    kind: count(1, 3),
    defaults: same('3'),
    word: option('factor'),
    always: ['C', 'J'],
  },
  {
    id: 'min.insync.replicas',
    name: same('min.insync.replicas'),
    anchor: 'min-insync-replicas',
    kind: count(1, 3),
    defaults: same('1'),
    word: option('min-isr'),
  },
  {
    id: 'unclean.leader.election.enable',
    name: same('unclean.leader.election.enable'),
    anchor: 'unclean-leader-election-enable',
    kind: choice('false', 'true'),
    defaults: same('false'),
    word: (value) => (value === 'true' ? 'unclean' : ''),
  },
];

/** Of the program, not of Kafka; `write` and `consumer` are put together from them. */
const OF_WRITING: readonly Setting[] = [
  { id: 'records', name: null, anchor: null, kind: count(0, 60), defaults: same('8'), word: nothing },
  {
    id: 'pace',
    name: null,
    anchor: null,
    kind: ms(0, 60_000),
    defaults: same('200'),
    word: lasting('pace'),
    always: ['C', 'J'],
  },
  { id: 'starts', name: null, anchor: null, kind: ms(0, 60_000), defaults: same('0'), word: nothing },
  { id: 'in-hand', name: null, anchor: null, kind: count(1, 20), defaults: same('1'), word: option('in-hand') },
  { id: 'transaction', name: null, anchor: null, kind: count(0, 20), defaults: same('0'), word: option('transaction') },
  { id: 'abort-every', name: null, anchor: null, kind: count(0, 20), defaults: same('0'), word: option('abort-every') },
];

const OF_PRODUCER: readonly Setting[] = [
  {
    id: 'acks',
    name: same('acks'),
    anchor: 'acks',
    kind: choice('all', '1', '0'),
    defaults: same('all'),
    word: option('acks'),
  },
  {
    id: 'idempotence',
    name: both('idempotent', 'enable.idempotence'),
    anchor: 'enable-idempotence',
    kind: choice('auto', 'true', 'false'),
    defaults: same('auto'),
    word: (value) => (value === 'true' ? 'idempotent' : 'plain'),
  },
  {
    id: 'transactional.id',
    name: both('transactionalId', 'transactional.id'),
    anchor: 'transactional-id',
    kind: { type: 'name' },
    defaults: same(''),
    word: option('tid'),
  },
  {
    id: 'retries',
    name: both('retry.retries', 'retries'),
    anchor: 'retries',
    kind: count(0, COUNT_MAX),
    defaults: both('5', String(COUNT_MAX)),
    word: option('retries'),
  },
  {
    id: 'max.in.flight',
    name: both('maxInFlightRequests', 'max.in.flight.requests.per.connection'),
    anchor: 'max-in-flight-requests-per-connection',
    kind: count(1, COUNT_MAX),
    defaults: both(String(COUNT_MAX), '5'),
    word: option('in-flight'),
  },
  {
    id: 'linger.ms',
    name: same('linger.ms'),
    anchor: 'linger-ms',
    kind: ms(0, 60_000),
    defaults: same('5'),
    word: lasting('linger'),
    always: ['J'],
  },
  {
    id: 'delivery.timeout.ms',
    name: both('message.timeout.ms', 'delivery.timeout.ms'),
    anchor: 'delivery-timeout-ms',
    kind: ms(1, DAY_MS),
    defaults: both('300000', '120000'),
    word: lasting('delivery-timeout'),
  },
  {
    id: 'request.timeout.ms',
    name: both('requestTimeout', 'request.timeout.ms'),
    anchor: 'request-timeout-ms',
    kind: ms(10, 300_000),
    defaults: same('30000'),
    word: lasting('request-timeout'),
  },
  {
    id: 'retry.backoff.ms',
    name: both('retry.initialRetryTime', 'retry.backoff.ms'),
    anchor: 'retry-backoff-ms',
    kind: ms(1, 300_000),
    defaults: both('300', '100'),
    word: lasting('retry-backoff'),
  },
  {
    id: 'retry.backoff.max.ms',
    name: both('retry.maxRetryTime', 'retry.backoff.max.ms'),
    anchor: 'retry-backoff-ms',
    kind: ms(1, 300_000),
    defaults: both('30000', '1000'),
    word: lasting('retry-backoff-max'),
  },
  {
    id: 'transaction.timeout.ms',
    name: both('transactionTimeout', 'transaction.timeout.ms'),
    anchor: 'transaction-timeout-ms',
    kind: ms(1000, 900_000),
    defaults: same('60000'),
    word: lasting('txn-timeout'),
  },
];

const OF_WORK: readonly Setting[] = [
  {
    id: 'work',
    name: null,
    anchor: null,
    kind: ms(0, 600_000),
    defaults: same('50'),
    word: lasting('work'),
    always: ['C', 'J'],
  },
  {
    id: 'commits',
    name: null,
    anchor: null,
    kind: choice('never', 'before', 'after'),
    defaults: same('never'),
    word: option('commits'),
  },
  // Said with a producer of its own.
  {
    id: 'results',
    name: null,
    anchor: null,
    kind: choice('none', 'plain', 'transactions'),
    defaults: same('none'),
    word: nothing,
  },
  { id: 'starts', name: null, anchor: null, kind: ms(0, 60_000), defaults: same('0'), word: nothing },
];

const OF_CONSUMER: readonly Setting[] = [
  {
    id: 'group.id',
    name: both('groupId', 'group.id'),
    anchor: 'group-id',
    kind: { type: 'name' },
    defaults: same('g'),
    word: nothing,
  },
  {
    id: 'auto.offset.reset',
    name: both('fromBeginning', 'auto.offset.reset'),
    anchor: 'auto-offset-reset',
    kind: choice('latest', 'earliest'),
    defaults: same('latest'),
    word: option('from'),
  },
  {
    id: 'enable.auto.commit',
    name: both('autoCommit', 'enable.auto.commit'),
    anchor: 'enable-auto-commit',
    kind: choice('true', 'false'),
    defaults: same('true'),
    word: (value) => `auto-commit=${value === 'true' ? 'on' : 'off'}`,
  },
  {
    id: 'auto.commit.interval.ms',
    name: both('autoCommitInterval', 'auto.commit.interval.ms'),
    anchor: 'auto-commit-interval-ms',
    kind: ms(1, 600_000),
    defaults: same('5000'),
    word: lasting('commit-interval'),
  },
  {
    id: 'isolation.level',
    name: both('readUncommitted', 'isolation.level'),
    anchor: 'isolation-level',
    kind: choice('read_committed', 'read_uncommitted'),
    defaults: both('read_committed', 'read_uncommitted'),
    word: (value) => `isolation=${value === 'read_committed' ? 'rc' : 'ru'}`,
  },
  {
    id: 'max.poll.records',
    name: both('max.poll.records', 'max.poll.records'),
    anchor: 'max-poll-records',
    kind: count(1, 500),
    defaults: same('500'),
    word: option('poll-records'),
    only: 'J',
  },
  {
    id: 'session.timeout.ms',
    name: both('sessionTimeout', 'session.timeout.ms'),
    anchor: 'session-timeout-ms',
    kind: ms(1000, 1_800_000),
    defaults: both('30000', '45000'),
    word: lasting('session'),
    always: ['J'],
  },
  {
    id: 'heartbeat.interval.ms',
    name: both('heartbeatInterval', 'heartbeat.interval.ms'),
    anchor: 'heartbeat-interval-ms',
    kind: ms(100, 600_000),
    defaults: same('3000'),
    word: lasting('heartbeat'),
    always: ['C', 'J'],
  },
  {
    id: 'max.poll.interval.ms',
    name: both('2 × rebalanceTimeout', 'max.poll.interval.ms'),
    anchor: 'max-poll-interval-ms',
    kind: ms(1000, 3_600_000),
    defaults: both('600000', '300000'),
    word: lasting('poll-interval'),
  },
  {
    id: 'group.instance.id',
    name: same('group.instance.id'),
    anchor: 'group-instance-id',
    kind: { type: 'name' },
    defaults: same(''),
    word: option('static'),
  },
  {
    id: 'partition.assignment.strategy',
    name: both('partitionAssigners', 'partition.assignment.strategy'),
    anchor: 'partition-assignment-strategy',
    kind: choice('range', 'roundrobin'),
    defaults: both('roundrobin', 'range'),
    word: option('assignor'),
  },
];

export const SETTINGS: Readonly<Record<Section, readonly Setting[]>> = {
  cluster: CLUSTER,
  topic: TOPIC,
  producer: [...OF_WRITING, ...OF_PRODUCER],
  consumer: [...OF_WORK, ...OF_CONSUMER],
};

/** What was set, by id; what is left out has its default. */
export type Values = Readonly<Record<string, string>>;

/** The settings of a section that a client has. */
export function settingsOf(section: Section, client: Client): readonly Setting[] {
  return SETTINGS[section].filter(({ only }) => only === undefined || only === client);
}

/** @throws Error when the section has no such setting */
export function valueOf(section: Section, values: Values, id: string, client: Client): string {
  const setting = SETTINGS[section].find((candidate) => candidate.id === id);
  if (setting === undefined) throw new Error(`${section} has no setting ${id}`);
  return values[id] ?? setting.defaults[client];
}

/** Whether a value can be had: a number within its bounds, one of the choices, a name. */
export function isPossible({ kind, defaults }: Setting, value: string): boolean {
  switch (kind.type) {
    case 'choice':
      return kind.options.includes(value);
    case 'name':
      return /^[A-Za-z][A-Za-z0-9-]{0,19}$/.test(value) || (value === '' && Object.values(defaults).includes(''));
    default:
      return /^\d{1,10}$/.test(value) && Number(value) >= kind.min && Number(value) <= kind.max;
  }
}

/** The words of a scenario for these values. */
export function wordsOf(settings: readonly Setting[], values: Values, client: Client): string {
  return settings
    .flatMap(({ id, defaults, always, word }) => {
      const value = values[id] ?? defaults[client];
      const isSaid = value !== defaults[client] || always?.includes(client) === true;
      return isSaid && value !== '' ? [word(value)] : [];
    })
    .filter((text) => text !== '')
    .join(' ');
}
