/** Commands that prepare a scenario or act on a topic as such; no client of the row takes part. */
import type { CommandNamed } from '../../../../src/scenarios/language/commands';
import { DeleteRecordsV1, ElectLeadersV1, ProduceV7 } from '../../wire/messages';
import { writeBatch } from '../../wire/record-batch';
import type { RunContext } from './run-context';

type Lines = Promise<readonly string[]>;

export async function createTopic(run: RunContext, command: CommandNamed<'topic'>): Lines {
  const { topic, partitions = 1, factor, unclean } = command;
  const { ids } = run.cluster.brokers;
  const spread = (index: number): readonly number[] =>
    Array.from({ length: factor ?? ids.length }, (_, at) => ids[(index + at) % ids.length]!);
  const replicas = (index: number): readonly number[] =>
    command.replicas ?? (factor === undefined ? ids : spread(index));
  const { minIsr, maxMessageBytes } = command;
  await run.cluster.createTopic({
    name: run.topic(topic),
    assignments: Array.from({ length: partitions }, (_, index) => replicas(index)),
    configs: {
      ...(minIsr !== undefined && { 'min.insync.replicas': String(minIsr) }),
      ...(maxMessageBytes !== undefined && { 'max.message.bytes': String(maxMessageBytes) }),
      ...(unclean && { 'unclean.leader.election.enable': 'true' }),
    },
  });
  return [];
}

export async function chooseName(run: RunContext, command: CommandNamed<'group' | 'tid'>): Lines {
  const { command: kind, coordinator } = command;
  const name = command.command === 'group' ? command.group : command.tid;
  if (coordinator === undefined) return [];
  const type = kind === 'group' ? 'group' : 'transaction';
  const real = await run.cluster.brokers.nameCoordinatedBy(type, run.named(kind, name), coordinator);
  run.choose(kind, name, real);
  return [];
}

export async function produce(run: RunContext, { to, values, acks = 'all' }: CommandNamed<'produce'>): Lines {
  const { topic, partition } = run.real(to);
  const { brokers } = run.cluster;
  for (const value of values) {
    const partitions = [{ index: partition, records: writeBatch({ values: [value] }) }];
    const request = { transactionalId: null, timeoutMs: 10_000, topics: [{ name: topic, partitions }] };
    const whom = (): Promise<number> => brokers.leader(topic, partition);
    if (acks === '0') (await brokers.to(await whom())).tell(ProduceV7, { ...request, acks: 0 });
    else {
      await brokers.askUntilReady(
        whom,
        ProduceV7,
        { ...request, acks: acks === 'all' ? -1 : 1 },
        ({ topics }) => topics[0]!.partitions[0]!.error,
      );
    }
  }
  run.lastProducedMs = performance.now();
  return [];
}

export async function deleteRecords(run: RunContext, { of, before }: CommandNamed<'delete-records'>): Lines {
  const { topic, partition } = run.real(of);
  const { brokers } = run.cluster;
  await brokers.askUntilReady(
    () => brokers.leader(topic, partition),
    DeleteRecordsV1,
    { topics: [{ name: topic, partitions: [{ index: partition, offset: before }] }], timeoutMs: 10_000 },
    ({ topics }) => topics[0]!.partitions[0]!.error,
  );
  return [];
}

export async function elect(run: RunContext, { of }: CommandNamed<'elect'>): Lines {
  const { topic, partition } = run.real(of);
  const topics = [{ name: topic, partitions: [partition] }];
  await run.cluster.brokers.askAny(ElectLeadersV1, { electionType: 0, topics, timeoutMs: 10_000 });
  return [];
}
