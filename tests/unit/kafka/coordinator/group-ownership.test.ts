/** INV-7 under random members, schedules and changes of coordinator. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import type { AnswerOf, JoinGroupRequest, KafkaAnswer } from '../../../../src/kafka/protocol/messages';
import { GroupLab } from './group-lab';

type SyncBox = { answer?: Extract<KafkaAnswer, { readonly api: 'SyncGroup' }> };

type Step =
  | { readonly kind: 'join' | 'sync' | 'heartbeat' | 'leave' | 'restart'; readonly member: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'fail-over' | 'hold' | 'replicate' };

/** A member that joins and syncs when it is told to. Static ones keep their name over restarts. */
class RandomMember {
  private id = '';
  private generation = -1;
  private joining: { answer?: AnswerOf<JoinGroupRequest> } | null = null;
  private readonly syncs: { readonly generation: number; readonly box: SyncBox }[] = [];

  constructor(
    private readonly g: GroupLab,
    private readonly name: string,
    private readonly instance: string | null,
    /** `generation/partition` → who owns it. */
    private readonly owners: Map<string, string>,
  ) {}

  join(): void {
    const { answer } = this.joining ?? {};
    if (this.joining !== null && answer === undefined) return;
    this.joining = this.g.join(this.id, { groupInstanceId: this.instance, rebalanceTimeoutMs: 8000 });
  }

  private takeJoin(): AnswerOf<JoinGroupRequest> | null {
    const answer = this.joining?.answer;
    if (answer === undefined) return null;
    if (answer.errorCode === ERRORS.NONE || answer.errorCode === ERRORS.MEMBER_ID_REQUIRED) this.id = answer.memberId;
    else this.id = '';
    this.generation = answer.generationId;
    return answer.errorCode === ERRORS.NONE ? answer : null;
  }

  /** The leader deals the partitions out in the order of the members. */
  sync(): void {
    const joined = this.takeJoin();
    if (joined === null) {
      this.join();
      return;
    }
    const ids = joined.members.map(({ memberId }) => memberId);
    const dealt = ids.map((memberId, i) => ({
      memberId,
      assignment: [{ name: 'orders', partitions: [0, 1, 2, 3].filter((partition) => partition % ids.length === i) }],
    }));
    const box = this.g.send({
      api: 'SyncGroup',
      groupId: 'g',
      generationId: joined.generationId,
      memberId: this.id,
      groupInstanceId: this.instance,
      assignments: joined.leader === this.id ? dealt : [],
    });
    this.syncs.push({ generation: joined.generationId, box });
  }

  heartbeat(): void {
    if (this.takeJoin() !== null) this.g.heartbeat(this.id, this.generation, this.instance);
  }

  leave(): void {
    if (this.takeJoin() !== null) this.g.leave(this.id);
    this.restart();
  }

  restart(): void {
    this.id = '';
    this.joining = null;
  }

  /** Whatever it was assigned counts, however late the answer came. */
  claim(): void {
    for (const { generation, box } of this.syncs) {
      if (box.answer === undefined || box.answer.errorCode !== ERRORS.NONE) continue;
      for (const { partitions } of box.answer.assignment) {
        for (const partition of partitions) {
          const key = `${generation}/${partition}`;
          expect(this.owners.get(key) ?? this.name, `partition ${partition} in generation ${generation}`).toBe(
            this.name,
          );
          this.owners.set(key, this.name);
        }
      }
    }
  }
}

const MEMBERS = 4;
const member = fc.nat(MEMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('join' as const), member }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('sync' as const), member }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('heartbeat' as const), member }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'restart' as const), member }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 500, 3000, 9000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('fail-over' as const, 'hold' as const, 'replicate' as const) }),
  },
);

describe('ownership', () => {
  it('INV-7, GRP-9: per generation each partition has at most one owner', () => {
    let claims = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const g = new GroupLab();
        const owners = new Map<string, string>();
        const members = Array.from(
          { length: MEMBERS },
          (_, i) => new RandomMember(g, `m${i}`, i < 2 ? `static-${i}` : null, owners),
        );
        for (const one of steps) {
          if (one.kind === 'pass') g.pass(one.ms);
          else if (one.kind === 'hold') g.host.holdsReplication = true;
          else if (one.kind === 'replicate') {
            g.host.holdsReplication = false;
            g.host.replicate();
          } else if (one.kind === 'fail-over') g.failOver();
          else if ('member' in one) members[one.member]![one.kind]();
        }
        g.pass(10);
        for (const one of members) one.claim();
        claims += owners.size;
      }),
      { numRuns: 150 },
    );
    expect(claims).toBeGreaterThan(100);
  });
});
