/** Invariants of transactions under random clients, schedules and faults. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommitted } from '../../../../src/kafka/client/read-committed';
import { OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from '../../../../src/kafka/coordinator/coordinator-host';
import { ERRORS } from '../../../../src/kafka/errors';
import { PARTITIONS, RandomClient, RandomWorld, type ClientCommand } from './random-clients';
import { committedOffset, committedValues } from './reference-reader';

type Step =
  | { readonly kind: 'client'; readonly client: number; readonly command: ClientCommand }
  | { readonly kind: 'plain'; readonly partition: number }
  | { readonly kind: 'commit'; readonly offset: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'fault'; readonly fault: 'kill' | 'pause'; readonly broker: number }
  | { readonly kind: 'heal' };

const command: fc.Arbitrary<ClientCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ClientCommand>({ do: 'init' }) },
  { weight: 8, arbitrary: fc.nat(PARTITIONS - 1).map((partition): ClientCommand => ({ do: 'send', partition })) },
  { weight: 3, arbitrary: fc.nat(20).map((offset): ClientCommand => ({ do: 'offsets', offset })) },
  { weight: 6, arbitrary: fc.boolean().map((committed): ClientCommand => ({ do: 'end', committed })) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('client' as const), client: fc.nat(2), command }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('plain' as const), partition: fc.nat(PARTITIONS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('commit' as const), offset: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 2, 3, 5, 8, 400, 3500) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom('kill' as const, 'pause' as const),
      broker: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'heal' }) },
);

/** One broker at a time is dead or paused. */
class Run {
  readonly at = new RandomWorld();
  /** Two of them share a transactional id; the third speaks the second protocol. */
  readonly clients = [
    new RandomClient(this.at, 'a', false),
    new RandomClient(this.at, 'a', false),
    new RandomClient(this.at, 'b', true),
  ];
  private broken: { readonly broker: number; readonly fault: 'kill' | 'pause' } | null = null;

  constructor() {
    // The other holder of the same id comes later, and fences the first.
    for (const i of [0, 2]) this.clients[i]!.add({ do: 'init' });
    this.at.pass(200);
  }

  take(one: Step): void {
    if (one.kind === 'client') this.clients[one.client]!.add(one.command);
    else if (one.kind === 'pass') this.at.pass(one.ms);
    else if (one.kind === 'heal') this.heal();
    else if (one.kind === 'fault') this.breakOne(one.broker, one.fault);
    else if (one.kind === 'plain') this.plain(one.partition);
    else this.commit(one.offset);
  }

  private breakOne(broker: number, fault: 'kill' | 'pause'): void {
    if (this.broken !== null) return;
    this.broken = { broker, fault };
    if (fault === 'kill') this.at.cluster.kill(broker);
    else this.at.cluster.pause(broker);
  }

  private heal(): void {
    if (this.broken === null) return;
    const { broker, fault } = this.broken;
    this.broken = null;
    if (fault === 'kill') this.at.cluster.restart(broker);
    else this.at.cluster.resume(broker);
    // It is back in the ISR before the next one breaks.
    this.at.pass(8000);
  }

  private plain(partition: number): void {
    const record = { key: null, value: this.at.value(), headers: {}, timestamp: 0 };
    const batch = { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records: [record] };
    const topics = [{ name: 'orders', partitions: [{ index: partition, batch }] }];
    const message = {
      api: 'Produce' as const,
      apiVersion: 10,
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topics,
    };
    this.at.ask(
      () => this.at.leaderOf(partition),
      message,
      (a) => a.topics[0]!.partitions[0]!.errorCode,
      () => undefined,
    );
  }

  private commit(committedOffset: number): void {
    const message = {
      api: 'OffsetCommit' as const,
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: null }] }],
    };
    const coordinator = (): number => this.at.cluster.findCoordinator('group', 'g');
    this.at.ask(
      coordinator,
      message,
      (a) => a.topics[0]!.partitions[0]!.errorCode,
      () => undefined,
    );
  }

  /** INV-1, at any moment: a correct reader against the log itself. */
  checkReaders(): void {
    for (let index = 0; index < PARTITIONS; index += 1) {
      const replica = this.at.cluster.partition('orders', index)!;
      const { batches } = replica.read(0, 1);
      const seen = readCommitted(batches, replica.abortedTransactions(0), 0).map(({ value }) => value);
      expect(seen).toEqual(committedValues(replica.log.batches, replica.lastStableOffset));
    }
  }

  /** Everything heals, clients come to an end, time-outs strike. */
  finish(): void {
    this.heal();
    for (let i = 0; i < 60 && !this.clients.every(({ isIdle }) => isIdle); i += 1) this.at.pass(1000);
    this.at.pass(40_000);
  }
}

function runOf(steps: readonly Step[]): Run {
  const run = new Run();
  for (const one of steps) {
    run.take(one);
    run.checkReaders();
  }
  run.finish();
  run.checkReaders();
  return run;
}

/** What a read_committed reader sees in the end, over all partitions. */
function visible({ at }: Run): ReadonlySet<string> {
  return at.decidedValues();
}

const programs = fc.array(step, { minLength: 10, maxLength: 50 });

describe('invariants with three brokers, one of them failing at a time', () => {
  it('INV-1, INV-3 (TXN-13), INV-8, INV-9 hold for interleaved clients (TXN-18), schedules and faults', () => {
    fc.assert(
      fc.property(programs, (steps) => {
        const run = runOf(steps);
        checkAtomicity(run);
        checkMarkers(run);
        checkFencing(run);
        checkOffsets(run);
      }),
      { numRuns: 60 },
    );
  });
});

/** INV-1, INV-3: all of a committed transaction is there, nothing of an aborted one, and never a part. */
function checkAtomicity(run: Run): void {
  const seen = visible(run);
  for (const { outcome, stored, sent, isCommitAsked } of run.at.ledgers) {
    const found = sent.filter((value) => seen.has(value));
    if (!isCommitAsked) expect(found).toEqual([]);
    if (outcome === 'commit') expect(found).toEqual(expect.arrayContaining(stored));
    else if (outcome === 'abort') expect(found).toEqual([]);
    else if (found.length > 0) expect(found).toEqual(expect.arrayContaining(stored));
  }
}

/** INV-3: every partition of every transaction got its marker, so nothing is held back; and they say what was decided. */
function checkMarkers({ at }: Run): void {
  for (let index = 0; index < PARTITIONS; index += 1) {
    const replica = at.cluster.partition('orders', index)!;
    expect(replica.lastStableOffset).toBe(replica.highWatermark);
    expect(replica.highWatermark).toBe(replica.log.logEndOffset);
  }
  const decisions = at.cluster.partition(TRANSACTION_STATE_TOPIC, 0)?.log.batches ?? [];
  for (const batch of decisions) {
    for (const { value } of batch.state ?? []) {
      const decided = value as {
        readonly state: string;
        readonly producerId: number;
        readonly producerEpoch: number;
        readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
      };
      if (!decided.state.startsWith('prepare-')) continue;
      const control = decided.state === 'prepare-commit' ? 'COMMIT' : 'ABORT';
      for (const { topic, partition } of decided.partitions) {
        const markers = at.cluster
          .partition(topic, partition)!
          .log.batches.filter(
            (other) =>
              other.control === control &&
              other.producerId === decided.producerId &&
              other.producerEpoch === decided.producerEpoch,
          );
        expect(markers.length).toBeGreaterThan(0);
      }
    }
  }
}

/** INV-9: what was undecided when a newer epoch was given out never becomes visible. */
function checkFencing(run: Run): void {
  const seen = visible(run);
  for (const { tid, producerId, producerEpoch, decided } of run.at.fencings) {
    for (const ledger of run.at.ledgers) {
      const isEarlier = ledger.producerId === producerId && ledger.producerEpoch < producerEpoch;
      if (ledger.tid !== tid || !isEarlier) continue;
      for (const value of ledger.sent) if (seen.has(value)) expect(decided).toContain(value);
    }
  }
}

/** INV-8. */
function checkOffsets(run: Run): void {
  const { at } = run;
  const log = at.cluster.partition(OFFSETS_TOPIC, 0)?.log.batches ?? [];
  const expected = committedOffset(log, 'g', 'orders-0');
  let told: number | null = null;
  const message = {
    api: 'OffsetFetch' as const,
    groupId: 'g',
    requireStable: true,
    topics: [{ name: 'orders', partitionIndexes: [0] }],
  };
  at.ask(
    () => at.cluster.findCoordinator('group', 'g'),
    message,
    (answer) => answer.topics[0]!.partitions[0]!.errorCode,
    (answer) => {
      const { errorCode, committedOffset: offset } = answer!.topics[0]!.partitions[0]!;
      expect(errorCode).toBe(ERRORS.NONE);
      told = offset;
    },
  );
  at.pass(1000);
  expect(told).toBe(expected ?? -1);
}
