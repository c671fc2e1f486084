/**
 * The playground's run as a scenario. The page plays this very text, and exports it with what the queries at its end
 * print: so what is exported does what was seen.
 */
import { FETCHES_END_MS } from '../../scenarios/model/faults';
import { settingsOf, valueOf, wordsOf, type Section, type Values } from './settings';
import { brokerCount, consumerName, producerName, type PlaygroundState, type Setup } from './state';

export const TOPIC = 'orders';

/** What consumers write that make something of each record. */
export const RESULTS = 'results';

/** Values of P1 are x1, x2, …, those of P2 y1, … */
const PREFIXES = ['x', 'y', 'z'] as const;

/** Of the program, said with `write`; everything else is said with `producer`. */
const SAID_WITH_WRITE = new Set(['pace', 'in-hand', 'transaction', 'abort-every']);

interface Deed {
  readonly at: number;
  readonly lines: readonly string[];
  /** What carrying it out takes in virtual time. */
  readonly lasts: number;
}

/** Header, set-up, and what happens until `until`; without queries. */
export function scriptOf({ setup, actions, until }: PlaygroundState): string {
  const lines = [
    ...headerOf(setup),
    '',
    clusterLine(setup),
    ...topicsOf(setup).map((topic) => topicLine(setup, topic)),
  ];
  let clock = 0;
  const passTo = (at: number): void => {
    if (at > clock) lines.push(`advance ${at - clock}ms`);
    clock = Math.max(clock, at);
  };
  for (const { at, lines: own, lasts } of deedsOf(setup, actions, until)) {
    passTo(at);
    lines.push(...own);
    clock += lasts;
  }
  passTo(until);
  return `${lines.join('\n')}\n`;
}

/** The same with queries that print what has come of it. */
export function scriptWithQueries(state: PlaygroundState): string {
  const { setup } = state;
  const all = topicsOf(setup).flatMap((topic) => partitionsOf(setup, topic));
  const read = partitionsOf(setup, TOPIC);
  const groups = [...new Set(setup.consumers.map((values) => groupOf(setup, values)))];
  const started = clientsStarted(state).filter((name) => name.startsWith('C'));
  const queries = [
    ...all.flatMap((partition) => [`log ${partition}`, `isr ${partition}`]),
    ...groups.flatMap((group) => read.map((partition) => `committed ${group} ${partition}`)),
    ...started.map((name) => `processed ${name}`),
  ];
  return `${scriptOf(state)}${queries.map((query) => `\n${query}\n----\n`).join('')}`;
}

/** Names of all clients that have been started, in order: `P1`, `C1`, `P1-2`. */
export function clientsStarted({ setup, actions, until }: PlaygroundState): readonly string[] {
  return deedsOf(setup, actions, until).flatMap(({ lines }) =>
    lines.flatMap((line) => /^async \S+: (?:producer|consumer) (\S+)(?!.* in=)/.exec(line)?.[1] ?? []),
  );
}

function headerOf(setup: Setup): string[] {
  return [
    'row: PLAYGROUND',
    'title: a run of the playground',
    'rules: MOD-3',
    `brokers: ${brokerCount(setup)}`,
    `by: ${setup.client}`,
  ];
}

function words(setup: Setup, section: Section, values: Values, isSaid: (id: string) => boolean): string {
  const settings = settingsOf(section, setup.client).filter(({ id }) => isSaid(id));
  const text = wordsOf(settings, values, setup.client);
  return text === '' ? '' : ` ${text}`;
}

const all = (): boolean => true;

function clusterLine(setup: Setup): string {
  const seed = setup.seed === 0 ? '' : ` seed=${setup.seed}`;
  return `cluster${seed}${words(setup, 'cluster', setup.cluster, all)}`;
}

function topicLine(setup: Setup, topic: string): string {
  return `topic ${topic}${words(setup, 'topic', setup.topic, all)}`;
}

function deedsOf(setup: Setup, actions: PlaygroundState['actions'], until: number): readonly Deed[] {
  const lives = new Map<string, number>();
  const starts = [
    ...setup.consumers.map((values, index) => startOf(setup, 'consumer', consumerName(index), values)),
    ...setup.producers.map((values, index) => startOf(setup, 'producer', producerName(index), values)),
  ];
  return [...starts, ...actions]
    .filter(({ at }) => at <= until)
    .map((deed, order) => ({ ...deed, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ at, does }) => {
      const [, client] = /^start (\S+)$/.exec(does) ?? [];
      if (client !== undefined) return { at, lines: startLines(setup, client, lives), lasts: 0 };
      const [, closed] = /^close (\S+)$/.exec(does) ?? [];
      // Nobody waits for it: it takes as long as the client's last commit and its leaving.
      if (closed !== undefined) return { at, lines: [`async ${closed}-closes: ${does}`], lasts: 0 };
      return { at, lines: [does], lasts: /^pause \d$/.test(does) ? FETCHES_END_MS : 0 };
    });
}

function startOf(setup: Setup, section: 'producer' | 'consumer', name: string, values: Values) {
  return { at: Number(valueOf(section, values, 'starts', setup.client)), does: `start ${name}` };
}

/** What starts a client, for the first time or anew: then under another name, for the old one may still be there. */
function startLines(setup: Setup, client: string, lives: Map<string, number>): string[] {
  const life = (lives.get(client) ?? 0) + 1;
  lives.set(client, life);
  const name = nameOfLife(client, life);
  const index = Number(client.slice(1)) - 1;
  if (client.startsWith('C')) {
    const values = setup.consumers[index];
    return values === undefined ? [] : consumerLines(setup, client, name, values);
  }
  const values = setup.producers[index];
  if (values === undefined) return [];
  const isSaid = (id: string): boolean => !SAID_WITH_WRITE.has(id);
  const after = life === 1 ? '' : ` after=${nameOfLife(client, life - 1)}`;
  const count = valueOf('producer', values, 'records', setup.client);
  const writing = words(setup, 'producer', values, (id) => SAID_WITH_WRITE.has(id));
  return [
    `async ${name}: producer ${name}${words(setup, 'producer', values, isSaid)}`,
    `async ${name}-writes: write ${name} ${TOPIC} ${PREFIXES[index] ?? 'x'} ${count}${writing}${after}`,
  ];
}

/** A consumer that writes has a producer in its process; the next life of it fences the transactions of this one. */
function consumerLines(setup: Setup, client: string, name: string, values: Values): string[] {
  const results = resultsOf(setup, values);
  const line = `consumer ${name} ${groupOf(setup, values)} ${TOPIC} mode=work`;
  if (results === 'none') return [`async ${name}: ${line}${words(setup, 'consumer', values, all)}`];
  const own = `${name}-out`;
  const isTransactional = results === 'transactions';
  // Its offsets are committed by its transactions, and by nothing else.
  const said = words(setup, 'consumer', values, (id) => !isTransactional || !SAID_WITH_TRANSACTIONS.has(id));
  const linger = setup.client === 'J' ? ' linger=5ms' : '';
  return [
    `async ${own}: producer ${own}${isTransactional ? ` tid=${client}` : ''} in=${name}${linger}`,
    `async ${name}: ${line} into=${RESULTS} by=${own}${said}${isTransactional ? ' auto-commit=off' : ''}`,
  ];
}

const SAID_WITH_TRANSACTIONS = new Set(['commits', 'enable.auto.commit', 'auto.commit.interval.ms']);

/** Whether a consumer writes results, and how. */
export function resultsOf({ client }: Setup, values: Values): string {
  return valueOf('consumer', values, 'results', client);
}

/** What is written and read in a run: results too when somebody makes them. */
export function topicsOf(setup: Setup): readonly string[] {
  const hasResults = setup.consumers.some((values) => resultsOf(setup, values) !== 'none');
  return hasResults ? [TOPIC, RESULTS] : [TOPIC];
}

/** `orders/0` */
function partitionsOf(setup: Setup, topic: string): readonly string[] {
  return Array.from({ length: partitionCount(setup) }, (_, index) => `${topic}/${index}`);
}

/** `P1`, `P1-2`, `P1-3`. */
export function nameOfLife(client: string, life: number): string {
  return life === 1 ? client : `${client}-${life}`;
}

export function groupOf({ client }: Setup, values: Values): string {
  return valueOf('consumer', values, 'group.id', client);
}

export function partitionCount({ client, topic }: Setup): number {
  return Number(valueOf('topic', topic, 'partitions', client));
}
