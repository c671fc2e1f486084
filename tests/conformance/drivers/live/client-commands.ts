/** Commands that a client under test carries out in its own process. */
import { waitFor } from '../../cluster/waiting';
import type { CommandNamed } from '../../../../src/scenarios/language/commands';
import { NotYetRunnable, ScenarioError } from '../../../../src/scenarios/language/scenario-error';
import type { ClientError } from '../protocol';
import { codeName } from './brokers';
import { ClientFailed, ProcessGone } from './client-process';
import { showRecords } from './oracle';
import type { RunContext } from './run-context';

const TAKE_MS = 45_000;
/** Names in KafkaJS's spelling of classes, Kafka's of codes, Java's of classes; see the README of the scenarios. */
export function errorLine({ code, type }: ClientError): string {
  return `error ${code === null ? type : codeName(code)}`;
}

/** What the promise says, as the lines that a command prints. */
async function printed(
  promise: Promise<unknown>,
  show: (ok: unknown) => readonly string[],
): Promise<readonly string[]> {
  try {
    return show(await promise);
  } catch (error) {
    if (error instanceof ClientFailed) return [errorLine(error.client)];
    if (error instanceof ProcessGone) return ['error PROCESS_GONE'];
    throw error;
  }
}

const nothing = (): readonly string[] => [];
const okay = (): readonly string[] => ['ok'];
const numberOrNone = (value: unknown): readonly string[] => [value === null ? 'none' : String(value)];

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

export function makeProducer(run: RunContext, command: CommandNamed<'producer'>): Promise<readonly string[]> {
  const { producer: name, idempotent, plain } = command;
  const asked = run.processFor(name, command.in).ask({
    cmd: 'producer',
    spec: {
      name,
      bootstrap: run.bootstrapOf(name),
      brokers: run.cluster.size,
      ...((idempotent || plain) && { idempotent }),
      ...(command.tid !== undefined && { tid: run.named('tid', command.tid) }),
      ...(command.acks !== undefined && { acks: ACKS[command.acks] }),
      ...(command.retries !== undefined && { retries: command.retries }),
      ...(command.txnTimeout !== undefined && { txnTimeoutMs: command.txnTimeout }),
      ...(command.ackTimeout !== undefined && { ackTimeoutMs: command.ackTimeout }),
      ...(command.requestTimeout !== undefined && { requestTimeoutMs: command.requestTimeout }),
      ...(command.deliveryTimeout !== undefined && { deliveryTimeoutMs: command.deliveryTimeout }),
    },
  });
  return printed(asked, nothing);
}

export function send(run: RunContext, command: CommandNamed<'send'>): Promise<readonly string[]> {
  const { producer: name, size, acks } = command;
  if (acks !== undefined && run.letter !== 'K')
    throw new NotYetRunnable(`client ${run.letter} takes acks when the producer is made, not at a send`);
  const values = command.values.map((value) => (size === undefined ? value : value.padEnd(size, '.')));
  const asked = run.processOf(name).ask({
    cmd: 'send',
    name,
    ...run.real(command.to),
    values,
    ...(acks !== undefined && { acks: ACKS[acks] }),
  });
  return printed(asked, (offset) => [offset === null ? 'ok' : `ok offset=${String(offset)}`]);
}

export function sendEach(run: RunContext, command: CommandNamed<'send-each'>): Promise<readonly string[]> {
  const { producer: name, prefix, count, pace = 0 } = command;
  const values = Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
  const asked = run.processOf(name).ask({ cmd: 'send-each', name, ...run.real(command.to), values, paceMs: pace });
  return printed(asked, (ok) => {
    const { rejected, sent } = ok as {
      readonly rejected: readonly { readonly value: string; readonly err: ClientError }[];
      readonly sent: number;
    };
    return [...rejected.map(({ value, err }) => `${value} ${errorLine(err)}`), `sent ${sent}`];
  });
}

export function transaction(
  run: RunContext,
  { command: cmd, producer: name }: CommandNamed<'begin' | 'commit' | 'abort'>,
): Promise<readonly string[]> {
  return printed(run.processOf(name).ask({ cmd, name }), cmd === 'begin' ? nothing : okay);
}

export function sendOffsets(run: RunContext, command: CommandNamed<'send-offsets'>): Promise<readonly string[]> {
  const { producer: name, consumer, offset } = command;
  const { group } = run.consumer(consumer);
  const asked = run
    .processOf(name)
    .ask({ cmd: 'send-offsets', name, consumer, group, offset, ...run.real(command.of) });
  return printed(asked, okay);
}

export function makeConsumer(run: RunContext, command: CommandNamed<'consumer'>): Promise<readonly string[]> {
  const { consumer: name, topics, mode = 'collect', from, isolation, session, autoCommit, autoResolve } = command;
  if (mode === 'work') throw new NotYetRunnable('"mode=work" is for the model only');
  if (command.static !== undefined && run.letter === 'K') throw new NotYetRunnable('kafkajs has no static membership');
  const group = run.named('group', command.group);
  const process = run.processFor(name, command.in);
  run.consumers.set(name, { group, process: command.in ?? name, delivered: [], untaken: [], hasCrashed: false });
  const asked = process.ask({
    cmd: 'consumer',
    spec: {
      name,
      bootstrap: run.bootstrapOf(name),
      brokers: run.cluster.size,
      group,
      topics: topics.map((topic) => run.topic(topic)),
      mode,
      ...(from !== undefined && { from }),
      ...(isolation !== undefined && { isolation }),
      ...(autoCommit !== undefined && { autoCommit: autoCommit === 'on' }),
      ...(autoResolve !== undefined && { autoResolve: autoResolve === 'on' }),
      ...(session !== undefined && { sessionMs: session }),
      ...(command.pollRecords !== undefined && { maxPollRecords: command.pollRecords }),
      ...(command.static !== undefined && { instanceId: run.named('group', command.static) }),
    },
  });
  return printed(asked, nothing);
}

export async function take(run: RunContext, { consumer: name }: CommandNamed<'take'>): Promise<readonly string[]> {
  const consumer = run.consumer(name);
  await waitFor(
    `a delivery to ${name}`,
    () => Promise.resolve(consumer.untaken.length),
    (count) => count > 0,
    { withinMs: TAKE_MS, everyMs: 5 },
  );
  const { topic, partition, records } = consumer.untaken.shift()!;
  return [`${run.show(topic, partition)} ${showRecords(records.map((record) => ({ ...record })))}`];
}

export function delivered(run: RunContext, { consumer, of }: CommandNamed<'delivered'>): readonly string[] {
  const { topic, partition } = run.real(of);
  const records = run
    .consumer(consumer)
    .delivered.filter((delivery) => delivery.topic === topic && delivery.partition === partition)
    .flatMap((delivery) => delivery.records);
  return [showRecords(records)];
}

export function endHandler(
  run: RunContext,
  command: CommandNamed<'done' | 'throw' | 'resolve'>,
): Promise<readonly string[]> {
  const { consumer: name } = command;
  const process = run.processOf(name);
  switch (command.command) {
    case 'done':
      return printed(process.ask({ cmd: 'done', name }), nothing);
    case 'throw':
      return printed(process.ask({ cmd: 'throw', name, error: command.error ?? 'Error' }), nothing);
    case 'resolve':
      return printed(process.ask({ cmd: 'resolve', name, offset: command.offset }), nothing);
  }
}

export async function commitOffset(
  run: RunContext,
  { consumer: name, of, offset, then }: CommandNamed<'commit-offset'>,
): Promise<readonly string[]> {
  const thenKill = then === 'kill';
  const asked = run.processOf(name).ask({ cmd: 'commit-offset', name, ...run.real(of), offset, thenKill });
  const lines = await printed(asked, okay);
  // It killed itself behind the statement that resolved, so it could not say so.
  return thenKill && lines[0] === 'error PROCESS_GONE' ? ['ok'] : lines;
}

export function ownCommitted(run: RunContext, command: CommandNamed<'own-committed'>): Promise<readonly string[]> {
  if (run.letter === 'K') throw new NotYetRunnable('kafkajs has no committed()');
  const { consumer: name, of } = command;
  return printed(run.processOf(name).ask({ cmd: 'own-committed', name, ...run.real(of) }), numberOrNone);
}

export function seek(run: RunContext, command: CommandNamed<'seek'>): Promise<readonly string[]> {
  const { consumer: name, of, offset } = command;
  return printed(run.processOf(name).ask({ cmd: 'seek', name, ...run.real(of), offset }), nothing);
}

export async function assigned(
  run: RunContext,
  { consumer: name }: CommandNamed<'assigned'>,
): Promise<readonly string[]> {
  const process = run.processOf(name);
  if (!process.isRunning) return ['nothing'];
  return printed(process.ask({ cmd: 'assigned', name }), (ok) => {
    const partitions = (ok as readonly string[]).map((partition) => {
      const cut = partition.lastIndexOf('/');
      return run.show(partition.slice(0, cut), Number(partition.slice(cut + 1)));
    });
    return [partitions.length === 0 ? 'nothing' : partitions.sort().join(' ')];
  });
}

export function assignments(
  run: RunContext,
  { consumer: name }: CommandNamed<'assignments'>,
): Promise<readonly string[]> {
  return printed(run.processOf(name).ask({ cmd: 'assignments', name }), (ok) => [String(ok)]);
}

export function state(run: RunContext, { consumer: name }: CommandNamed<'state'>): readonly string[] {
  const { hasCrashed } = run.consumer(name);
  if (!run.processOf(name).isRunning) return ['gone'];
  return [hasCrashed ? 'crashed' : 'running'];
}

export function close(run: RunContext, { client: name }: CommandNamed<'close'>): Promise<readonly string[]> {
  return printed(run.processOf(name).ask({ cmd: 'close', name }), nothing);
}

export function connection(run: RunContext, { producer }: CommandNamed<'connection'>): readonly string[] {
  const proxy = run.proxies.get(producer)?.proxy;
  if (proxy === undefined) throw new ScenarioError(`"${producer}" has no proxy`);
  return [proxy.isProducerConnected ? 'open' : 'closed'];
}

const API_KEYS = {
  Produce: 0,
  OffsetCommit: 8,
  AddPartitionsToTxn: 24,
  AddOffsetsToTxn: 25,
  EndTxn: 26,
  TxnOffsetCommit: 28,
} as const;

export function dropResponse(run: RunContext, command: CommandNamed<'drop-response'>): readonly string[] {
  const { client, api, times = 1, by = 'close' } = command;
  const proxy = run.proxies.get(client)?.proxy;
  if (proxy === undefined) throw new ScenarioError(`"${client}" has no proxy`);
  proxy.lose(API_KEYS[api], times, by);
  return [];
}

export function adminCommitted(
  run: RunContext,
  reader: { ask: RunContextAsk },
  command: CommandNamed<'admin-committed'>,
): Promise<readonly string[]> {
  const { group, of, stable } = command;
  const asked = reader.ask({
    cmd: 'admin-committed',
    bootstrap: run.cluster.bootstrap,
    brokers: run.cluster.size,
    group: run.named('group', group),
    isStable: stable,
    ...run.real(of),
  });
  return printed(asked, numberOrNone);
}

type RunContextAsk = ReturnType<RunContext['processOf']>['ask'];
