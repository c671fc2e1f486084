/** The cluster's state as text: equal texts, equal futures (exploration.md c.4). */
import { describe, expect, it } from 'vitest';
import { BrokerLab } from './broker-lab';

const three = (waitMs = 0): BrokerLab => {
  const lab = new BrokerLab({ brokers: 3 });
  lab.rest();
  if (waitMs > 0) lab.pass(waitMs);
  return lab;
};

/** A follower stands still while something is written, and the leader dies. */
function hardTimes(lab: BrokerLab): BrokerLab {
  lab.cluster.pause(3);
  lab.pass(600);
  lab.produce(1, '1', ['a'], { producerId: 7, baseSequence: 0 });
  lab.pass(3);
  lab.cluster.kill(1);
  lab.pass(100);
  return lab;
}

describe('fingerprint()', () => {
  it('does not depend on when something happened', () => {
    expect(hardTimes(three(60_000)).cluster.fingerprint()).toBe(hardTimes(three()).cluster.fingerprint());
  });

  it.each([
    ['what a follower has copied', (lab: BrokerLab) => lab.replica(2).truncateTo(0, 0)],
    ['what a leader knows of it', (lab: BrokerLab) => lab.pass(1)],
    ['who runs', (lab: BrokerLab) => lab.cluster.resume(3)],
    ['how much of a session is left', (lab: BrokerLab) => lab.pass(50)],
    ['what lies in a socket', (lab: BrokerLab) => (lab.produce(3, '0', ['b']), lab.pass(1))],
    ['what a producer may send next', (lab: BrokerLab) => lab.replica(2).producers!.clear()],
    ['who leads', (lab: BrokerLab) => lab.pass(9000)],
  ])('tells %s', (_what, change) => {
    const [one, other] = [hardTimes(three()), hardTimes(three())];
    expect(one.cluster.fingerprint()).toBe(other.cluster.fingerprint());
    change(other);
    expect(other.cluster.fingerprint()).not.toBe(one.cluster.fingerprint());
  });

  it('tells what is on its way between brokers', () => {
    const [one, other] = [three(), three()];
    for (const lab of [one, other]) lab.cluster.shutdown(2);
    other.pass(1);
    expect(other.cluster.fingerprint()).not.toBe(one.cluster.fingerprint());
  });

  it('of one broker leaves the offsets of internal topics out', () => {
    const lab = new BrokerLab();
    const commit = (committedOffset: number) =>
      lab.ask(1, {
        api: 'OffsetCommit',
        apiVersion: 9,
        groupId: 'g',
        generationIdOrMemberEpoch: -1,
        memberId: '',
        groupInstanceId: null,
        topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: null }] }],
      });
    commit(1);
    lab.rest();
    const once = lab.cluster.fingerprint();
    commit(1);
    lab.rest();
    expect(lab.cluster.fingerprint()).toBe(once);
    commit(2);
    lab.rest();
    expect(lab.cluster.fingerprint()).not.toBe(once);
  });
});
