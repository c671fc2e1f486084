/** Who leads: clean, unclean and preferred elections, eligible leader replicas, shutdown and sessions (REP-3 … REP-9). */
import { describe, expect, it } from 'vitest';
import { changePartition, electLeader, type Candidates } from '../../../../src/kafka/controller/election';
import { NO_LEADER, type PartitionRegistration } from '../../../../src/kafka/controller/partition-registration';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab, TOPIC } from './broker-lab';

const active = (...ids: number[]): { isActive(id: number): boolean } => ({ isActive: (id) => ids.includes(id) });

const candidates = (given: Partial<Candidates> = {}): Candidates => ({
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  eligibleLeaderReplicas: [],
  lastKnownLeader: NO_LEADER,
  leader: 1,
  ...given,
});

const registration = (given: Partial<PartitionRegistration> = {}): PartitionRegistration => ({
  topic: TOPIC,
  index: 0,
  ...candidates(),
  leaderEpoch: 4,
  partitionEpoch: 9,
  config: { minInsyncReplicas: 2, uncleanLeaderElectionEnable: false, maxMessageBytes: 1_000_000 },
  ...given,
});

const lab3 = (settings = {}, topic = {}): BrokerLab => {
  const lab = new BrokerLab({ brokers: 3, ...settings }, topic);
  lab.rest();
  return lab;
};

describe('electLeader', () => {
  it('REP-4: keeps a leader that is alive and in the ISR', () => {
    expect(electLeader(candidates({ leader: 3 }), 'clean', active(1, 2, 3)).leader).toBe(3);
  });

  it('REP-4: else the first of the replica list that is active and in the ISR; the order of the ISR plays no role', () => {
    expect(electLeader(candidates({ isr: [3, 2], leader: 1 }), 'clean', active(2, 3)).leader).toBe(2);
    expect(electLeader(candidates({ replicas: [1, 3, 2], isr: [2, 3] }), 'clean', active(2, 3)).leader).toBe(3);
  });

  it('REP-5: nobody without such a broker; with unclean elections the first active replica', () => {
    const lost = candidates({ isr: [], leader: 1 });
    expect(electLeader(lost, 'clean', active(2, 3))).toEqual({ leader: NO_LEADER, isUnclean: false });
    expect(electLeader(lost, 'unclean', active(3))).toEqual({ leader: 3, isUnclean: true });
  });

  it('REP-6: eligible replicas count like the ISR; the last known leader only when both sets are empty', () => {
    const eligible = candidates({ isr: [], eligibleLeaderReplicas: [3], leader: NO_LEADER, lastKnownLeader: 1 });
    expect(electLeader(eligible, 'clean', active(1, 2, 3)).leader).toBe(3);
    expect(electLeader(eligible, 'clean', active(1, 2)).leader).toBe(NO_LEADER);
    const none = { ...eligible, eligibleLeaderReplicas: [] };
    expect(electLeader(none, 'clean', active(1, 2))).toEqual({ leader: 1, isUnclean: true });
    expect(electLeader(none, 'clean', active(2, 3)).leader).toBe(NO_LEADER);
  });

  it('a preferred election moves leadership to the first of the list, if that is in sync', () => {
    expect(electLeader(candidates({ leader: 3 }), 'preferred', active(1, 2, 3)).leader).toBe(1);
    expect(electLeader(candidates({ leader: 3, isr: [2, 3] }), 'preferred', active(1, 2, 3)).leader).toBe(3);
  });
});

describe('changePartition', () => {
  const change = (
    before: PartitionRegistration,
    isr: number[],
    alive: number[],
    hasElr = true,
  ): PartitionRegistration => changePartition(before, { isr, kind: 'clean', brokers: active(...alive), hasElr });

  it('REP-3: every change of the leader, also to none, adds 1 to the leader epoch; other changes do not', () => {
    const shrunk = change(registration(), [1, 2], [1, 2]);
    expect(shrunk).toMatchObject({ leader: 1, leaderEpoch: 4, partitionEpoch: 10 });
    const moved = change(registration(), [2, 3], [2, 3]);
    expect(moved).toMatchObject({ leader: 2, leaderEpoch: 5 });
    expect(change(moved, [], [])).toMatchObject({ leader: NO_LEADER, leaderEpoch: 6 });
    expect(change(registration(), [1, 2, 3], [1, 2, 3])).toEqual(registration());
  });

  it('REP-6: whose leaving brings the ISR below its minimum stays eligible, and whoever leaves after; never who left before', () => {
    const two = change(registration(), [1, 2], [1, 2]);
    expect(two.eligibleLeaderReplicas).toEqual([]);
    const one = change(two, [1], [1]);
    expect(one.eligibleLeaderReplicas).toEqual([2]);
    const none = change(one, [], []);
    expect(none).toMatchObject({ isr: [], eligibleLeaderReplicas: [2, 1], leader: NO_LEADER, lastKnownLeader: 1 });
  });

  it('REP-6: as soon as the ISR is large enough, nobody else is eligible', () => {
    const one = registration({ isr: [1], eligibleLeaderReplicas: [2] });
    expect(change(one, [1, 3], [1, 3]).eligibleLeaderReplicas).toEqual([]);
  });

  it('REP-6: an eligible replica that is elected begins with an ISR of its own', () => {
    const lost = registration({ isr: [], eligibleLeaderReplicas: [1, 2], leader: NO_LEADER, lastKnownLeader: 1 });
    expect(change(lost, [], [2])).toMatchObject({ leader: 2, isr: [2], eligibleLeaderReplicas: [1] });
  });

  it('REP-6: after an unclean stop a broker is neither in sync nor eligible', () => {
    const lost = registration({ isr: [], eligibleLeaderReplicas: [1, 2], leader: NO_LEADER, lastKnownLeader: 1 });
    const after = changePartition(lost, { kind: 'clean', brokers: active(), hasElr: true, uncleanlyStopped: [1] });
    expect(after.eligibleLeaderReplicas).toEqual([2]);
  });

  it('REP-6: also one that was in sync until its unclean stop is not eligible', () => {
    const after = changePartition(registration({ isr: [1, 2] }), {
      isr: [2],
      kind: 'clean',
      brokers: active(2),
      hasElr: true,
      uncleanlyStopped: [1],
    });
    expect(after).toMatchObject({ leader: 2, isr: [2], eligibleLeaderReplicas: [] });
  });

  it('REP-5: who is elected uncleanly begins with an ISR of its own', () => {
    const lost = registration({ isr: [1], leader: NO_LEADER });
    const after = changePartition(lost, { kind: 'unclean', brokers: active(2, 3), hasElr: false });
    expect(after).toMatchObject({ leader: 2, isr: [2] });
  });

  it('REP-5: without eligible leader replicas the ISR keeps its last member', () => {
    const one = registration({ isr: [1] });
    expect(change(one, [], [], false)).toMatchObject({ isr: [1], leader: NO_LEADER, eligibleLeaderReplicas: [] });
  });
});

describe('the cluster elects', () => {
  it('REP-7: a killed leader is noticed when its session runs out', () => {
    const lab = lab3();
    lab.cluster.kill(1);
    lab.pass(8999);
    expect(lab.describe().leader).toBe(1);
    lab.pass(2);
    expect(lab.describe()).toMatchObject({ leader: 2, leaderEpoch: 1, isr: [2, 3] });
  });

  it('REP-7: controlled shutdown moves leadership before the broker stops', () => {
    const lab = lab3();
    lab.cluster.shutdown(1);
    lab.pass(3);
    expect(lab.describe()).toMatchObject({ leader: 2, isr: [2, 3] });
    const sent = lab.produce(2, 'all', ['a']);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
  });

  it.each([
    [[1, 2, 3], 2],
    [[1, 3, 2], 3],
  ])('REP-4: of replica list %j the next in line leads, although both followers are in sync', (replicas, leader) => {
    const lab = lab3({}, { replicas: [replicas] });
    lab.cluster.kill(1);
    lab.pass(9500);
    expect(lab.describe().leader).toBe(leader);
  });

  it('REP-5, REP-6: unclean=false waits for the last member, whose records are readable again', () => {
    const lab = lab3();
    lab.cluster.kill(2);
    lab.cluster.kill(3);
    lab.pass(9500);
    lab.produce(1, 'all', ['x']);
    lab.rest();
    lab.cluster.kill(1);
    lab.cluster.restart(2);
    lab.cluster.restart(3);
    lab.pass(10_000);
    expect(lab.describe()).toMatchObject({
      leader: NO_LEADER,
      isr: [],
      eligibleLeaderReplicas: [1],
      lastKnownLeader: 1,
    });
    lab.cluster.restart(1);
    lab.rest();
    expect(lab.describe().leader).toBe(1);
    expect(lab.readable(1)).toEqual(['x']);
  });

  it('REP-5: unclean=true takes the first replica that lives, and what only the old ISR had is lost', () => {
    const lab = lab3({ uncleanLeaderElectionEnable: true });
    lab.cluster.kill(2);
    lab.cluster.kill(3);
    lab.pass(9500);
    lab.produce(1, 'all', ['x']);
    lab.rest();
    lab.cluster.kill(1);
    lab.cluster.restart(2);
    lab.cluster.restart(3);
    lab.pass(10_000);
    expect(lab.describe().leader).toBe(2);
    lab.cluster.restart(1);
    lab.rest();
    expect([lab.log(1), lab.log(2), lab.log(3)]).toEqual([[], [], []]);
    expect(lab.describe().isr).toHaveLength(3);
  });

  it('REP-8: what one leader alone took below min ISR is cut off when an eligible replica is elected, pause being no kill', () => {
    const lab = lab3({ minInsyncReplicas: 2 });
    lab.cluster.pause(2);
    lab.cluster.pause(3);
    lab.pass(9500);
    lab.produce(1, '1', ['x']);
    lab.rest();
    lab.cluster.kill(1);
    lab.pass(9500);
    lab.cluster.resume(3);
    lab.rest();
    expect(lab.describe()).toMatchObject({ leader: 3, lastKnownLeader: NO_LEADER });
    lab.cluster.restart(1);
    lab.rest();
    expect(lab.log(1)).toEqual([]);
  });

  it('REP-8: an eligible replica that was killed is expelled when it restarts: the last leader is waited for', () => {
    const lab = lab3({ minInsyncReplicas: 2 });
    lab.cluster.kill(2);
    lab.cluster.kill(3);
    lab.pass(9500);
    lab.produce(1, '1', ['x']);
    lab.rest();
    lab.cluster.kill(1);
    lab.pass(9500);
    lab.cluster.restart(3);
    lab.cluster.restart(2);
    lab.rest();
    expect(lab.describe()).toMatchObject({ leader: NO_LEADER, isr: [], lastKnownLeader: 1 });
    lab.cluster.restart(1);
    lab.rest();
    expect(lab.describe().leader).toBe(1);
    expect(lab.readable(1)).toEqual(['x']);
  });

  it('REP-9: a deposed leader that does not know it acks acks=1, serves what it had, and fails acks=all', () => {
    const lab = lab3();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.pause(1);
    lab.pass(9500);
    expect(lab.describe().leader).toBe(2);
    lab.produce(2, 'all', ['b']);
    lab.rest();
    const [one, all] = [lab.produce(1, '1', ['lost']), lab.produce(1, 'all', ['lost too'])];
    const read = lab.fetch(1, 0);
    lab.pass(10);
    lab.cluster.resume(1);
    lab.rest();
    expect(one.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 1 });
    expect(all.errorCode).toBe(ERRORS.NOT_LEADER_OR_FOLLOWER);
    expect(read.partition).toMatchObject({ errorCode: ERRORS.NONE, highWatermark: 1 });
    expect(lab.log(1)).toEqual(['a', 'b']);
  });

  it('a broker comes back only when its former session is over', () => {
    const lab = lab3();
    lab.cluster.kill(1);
    lab.pass(1000);
    lab.cluster.restart(1);
    lab.pass(7000);
    expect(lab.describe()).toMatchObject({ leader: 1, leaderEpoch: 0 });
    lab.pass(2000);
    lab.rest();
    expect(lab.describe()).toMatchObject({ leader: 2, isr: [2, 3, 1] });
  });

  it('electPreferred() gives leadership back to the first of each list', () => {
    const lab = lab3();
    lab.cluster.kill(1);
    lab.pass(9500);
    lab.cluster.restart(1);
    lab.rest();
    expect(lab.describe().leader).toBe(2);
    lab.cluster.electPreferred();
    lab.rest();
    expect(lab.describe()).toMatchObject({ leader: 1, leaderEpoch: 2 });
  });

  it('ElectLeaders says what has become of each partition', () => {
    const lab = lab3();
    const codes = (electionType: 'preferred' | 'unclean', index = 0): unknown =>
      lab.cluster.electLeaders({ api: 'ElectLeaders', electionType, topics: [{ name: TOPIC, partitions: [index] }] })
        .topics[0]!.partitions[0]!.errorCode;
    expect(codes('preferred')).toBe(ERRORS.ELECTION_NOT_NEEDED);
    expect(codes('preferred', 5)).toBe(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
    lab.cluster.kill(1);
    lab.pass(9500);
    expect(codes('preferred')).toBe(ERRORS.ELIGIBLE_LEADERS_NOT_AVAILABLE);
  });

  it('REP-3: a reader that knows another epoch gets FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH', () => {
    const lab = lab3();
    lab.produce(1, 'all', ['a']);
    lab.rest();
    lab.cluster.kill(1);
    lab.pass(9500);
    const answers = [0, 1, 2].map((currentLeaderEpoch) => lab.fetch(2, 0, { currentLeaderEpoch }));
    lab.rest();
    expect(answers.map(({ partition }) => partition.errorCode)).toEqual([
      ERRORS.FENCED_LEADER_EPOCH,
      ERRORS.NONE,
      ERRORS.UNKNOWN_LEADER_EPOCH,
    ]);
  });
});
