/** Anomalies of logs, transactions and zombies, each with a history that shows it and near misses (exploration.md f). */
import { describe, expect, it } from 'vitest';
import { found, NOT, P, Story } from './written-history';

describe('A2 unseen', () => {
  it('is an acknowledged value behind an open transaction', () => {
    expect(found('A2', new Story().log(P, 'open', 'x').committedLog(P).send('x'))).toBe('x');
  });
  it('is not a value that was aborted', () => {
    const story = new Story().log(P, 'x', null).committedLog(P);
    expect(found('A2', story.send('x', { transaction: story.transaction('abort') }))).toBe(NOT);
  });
  it('is not one that is read, nor one that was never acknowledged', () => {
    expect(found('A2', new Story().log(P, 'x').send('x'))).toBe(NOT);
    expect(found('A2', new Story().log(P, 'x').committedLog(P).send('x', { outcome: 'info' }))).toBe(NOT);
  });
});

describe('A4 reordered-append', () => {
  it('is a value before the one that was sent first', () => {
    expect(found('A4', new Story().log(P, 'y', 'x').send('x').send('y'))).toBe('y');
  });
  it('is not said of two producers, nor of the order of sending', () => {
    expect(found('A4', new Story().log(P, 'y', 'x').send('x').send('y', { incarnation: 2 }))).toBe(NOT);
    expect(found('A4', new Story().log(P, 'x', 'y').send('x').send('y'))).toBe(NOT);
  });
  it('is not a second copy further on', () => {
    expect(found('A4', new Story().log(P, 'x', 'y', 'x').send('x').send('y'))).toBe(NOT);
  });
  it('is not the copy of another life, as when a job is started again', () => {
    const again = { incarnation: 2 };
    const both = (): Story =>
      new Story()
        .log(P, 'y', 'x', 'y')
        .send('y', { offset: 0 })
        .send('x', { ...again, offset: 1 });
    expect(found('A4', both().send('y', { ...again, offset: 2 }))).toBe(NOT);
    expect(found('A4', both().send('y', { ...again, outcome: 'info' }))).toBe(NOT);
  });
  it('is not a value that was refused at first and sent again', () => {
    const refused = new Story().log(P, 'y', 'x').send('x', { outcome: 'fail' }).send('y', { offset: 0 });
    expect(found('A4', refused.send('x', { offset: 1 }))).toBe(NOT);
  });
});

describe('A5 divergent-offset', () => {
  it('is an offset told to one producer and read with another value', () => {
    expect(found('A5', new Story().log(P, 'y').send('x', { offset: 0 }))).toBe('x');
  });
  it('is a delivered value whose offset holds another one at the end', () => {
    expect(found('A5', new Story().deliver('z', 1))).toBe('z');
  });
  it('is not the same value seen twice, nor an offset that nobody was told', () => {
    expect(found('A5', new Story().deliver('a', 0).deliver('a', 0))).toBe(NOT);
    expect(found('A5', new Story().log(P, 'y').send('x', { offset: 0, outcome: 'info' }))).toBe(NOT);
  });
});

describe('A6 vanished-read', () => {
  it('is a delivered value that is nowhere at the end', () => {
    expect(found('A6', new Story().deliver('gone', 2))).toBe('gone');
  });
  it('is not a value that has only moved, nor one without a final read', () => {
    expect(found('A6', new Story().deliver('b', 0))).toBe(NOT);
    const story = new Story().deliver('gone', 2);
    story.history.finalLog.clear();
    expect(found('A6', story)).toBe(NOT);
  });
});

describe('A8 premature-commit', () => {
  it('is a commit beyond a record without an effect', () => {
    expect(found('A8', new Story().commit(1).effect('a'))).toBe('a');
  });
  it('is not a commit after the effect, nor one over a poison record', () => {
    expect(found('A8', new Story().effect('a').commit(1))).toBe(NOT);
    const story = new Story();
    story.history.poison.add('a');
    expect(found('A8', story.commit(1))).toBe(NOT);
  });
});

describe('A13 poll-skip', () => {
  it('is a record passed over, and a step back', () => {
    expect(found('A13', new Story().position(0).deliver('b', 1))).toBe('a');
    expect(found('A13', new Story().position(0).deliver('a', 0).deliver('b', 1).deliver('a', 0))).toBe('a');
  });
  it('is not a seek, nor a gap left by control records', () => {
    expect(found('A13', new Story().position(0).deliver('a', 0).position(0, 'seek').deliver('a', 0))).toBe(NOT);
    const story = new Story().log('in-0', 'a', null, 'b').position(0).deliver('a', 0).deliver('b', 2);
    expect(found('A13', story)).toBe(NOT);
  });
});

describe('A14 offset-regression', () => {
  it('is a commit below the one before', () => {
    expect(found('A14', new Story().commit(2).commit(1))).toBeNull();
  });
  it('is not the same commit again', () => {
    expect(found('A14', new Story().commit(1).commit(1).commit(2))).toBe(NOT);
  });
});

describe('A16 commit-beyond-position', () => {
  it('is a commit over records that its sender was not given', () => {
    expect(found('A16', new Story().position(0).deliver('a', 0).commit(2))).toBeNull();
  });
  it('is a commit of a partition that its sender never had', () => {
    expect(found('A16', new Story().position(0, 'committed', 'in-1').commit(1))).toBeNull();
  });
  it('is not the next offset, nor one over markers only', () => {
    expect(found('A16', new Story().position(0).deliver('a', 0).commit(1))).toBe(NOT);
    const story = new Story().log('in-0', 'a', null).position(0).deliver('a', 0);
    story.transaction('commit');
    expect(found('A16', story.commit(2))).toBe(NOT);
  });
  it('is not what the group has committed before, once more (OFS-3)', () => {
    const story = new Story().position(0).deliver('a', 0).commit(1);
    const { history } = story;
    history.commits.push({ ...history.commits[0]!, incarnation: 2 });
    expect(found('A16', story)).toBe(NOT);
    history.commits.push({ ...history.commits[0]!, incarnation: 2, offset: 2 });
    expect(found('A16', story)).toBeNull();
  });
});

describe('A17 aborted-read (G1a)', () => {
  const aborted = (): Story => {
    const story = new Story().log(P, 'x', null);
    return story.send('x', { transaction: story.transaction('abort') });
  };
  it('is an aborted value given to a read_committed reader', () => {
    expect(found('A17', aborted().deliver('x', 0, { partition: P }))).toBe('x');
    expect(found('A17', aborted().committedLog(P, 'x'))).toBe('x');
  });
  it('is not a read_uncommitted delivery', () => {
    const story = aborted().committedLog(P).deliver('x', 0, { partition: P, isolation: 'read_uncommitted' });
    expect(found('A17', story)).toBe(NOT);
  });
  it('is not a value that was sent again and committed, nor an undecided one', () => {
    const again = aborted().committedLog(P, null, null, 'x');
    expect(found('A17', again.send('x', { transaction: again.transaction('commit') }))).toBe(NOT);
    const open = new Story().log(P, 'x').committedLog(P, 'x');
    expect(found('A17', open.send('x', { transaction: open.transaction(null) }))).toBe(NOT);
  });
});

describe('A18 precommitted-read', () => {
  it('is a delivery before the decision', () => {
    const story = new Story().log(P, 'x');
    story.send('x', { transaction: story.transaction('commit', { decidedAfter: 1 }) });
    expect(found('A18', story.deliver('x', 0, { partition: P }))).toBe('x');
  });
  it('is not one after it, nor one at read_uncommitted', () => {
    const after = new Story().log(P, 'x');
    after.send('x', { transaction: after.transaction('commit') });
    expect(found('A18', after.deliver('x', 0, { partition: P }))).toBe(NOT);
    const before = new Story().log(P, 'x');
    before.send('x', { transaction: before.transaction('commit', { decidedAfter: 1 }) });
    expect(found('A18', before.deliver('x', 0, { partition: P, isolation: 'read_uncommitted' }))).toBe(NOT);
  });
});

describe('A19 torn-transaction', () => {
  it('is one write there and the other not', () => {
    const story = new Story().log(P, 'x', 'y').committedLog(P, 'x');
    const transaction = story.transaction('commit');
    expect(found('A19', story.send('x', { transaction }).send('y', { transaction }))).toBe('y');
  });
  it('counts offsets as writes', () => {
    const story = new Story().log(P, 'x');
    const offsets = [{ group: 'g', partition: 'in-0', offset: 1 }];
    const transaction = story.transaction('commit', { offsets });
    story.send('x', { transaction });
    expect(found('A19', story)).toBe('in-0@1');
    expect(found('A19', story.commit(1, { transaction }))).toBe(NOT);
  });
  it('is not a transaction that is there, or not there, as a whole; nor a send that failed', () => {
    const none = new Story().log(P, 'x').committedLog(P);
    expect(found('A19', none.send('x', { transaction: none.transaction('abort') }))).toBe(NOT);
    const story = new Story().log(P, 'x');
    const transaction = story.transaction('commit');
    expect(found('A19', story.send('x', { transaction }).send('y', { transaction, outcome: 'fail' }))).toBe(NOT);
  });
  it('is not an aborted transaction whose value another one has written again', () => {
    const story = new Story().log(P, 'x', 'x').committedLog(P, null, 'x');
    const offsets = [{ group: 'g', partition: 'in-0', offset: 1 }];
    const aborted = story.transaction('abort', { offsets });
    const again = story.transaction('commit', { offsets });
    story.send('x', { transaction: aborted, offset: 0 }).send('x', { transaction: again, offset: 1 });
    expect(found('A19', story.commit(1, { transaction: again }))).toBe(NOT);
  });
  it('is not an offset that a later commit has passed', () => {
    const story = new Story().log(P, 'x').committedLog(P, 'x');
    const offsets = [{ group: 'g', partition: 'in-0', offset: 1 }];
    const transaction = story.transaction('commit', { offsets });
    expect(found('A19', story.send('x', { transaction, offset: 0 }).commit(2))).toBe(NOT);
  });
});

describe('A20 offset-output-split', () => {
  it('is an output without its offset when the process ends', () => {
    const story = new Story().log(P, 'a');
    story.send('a', { transaction: story.transaction('commit') });
    expect(found('A20', story.crash().commit(1))).toBe('a');
  });
  it('is an offset without its output', () => {
    const story = new Story().log(P, 'a').committedLog(P);
    story.send('a', { transaction: story.transaction('abort') });
    expect(found('A20', story.commit(1).crash())).toBe('a');
  });
  it('is not the offset in the same transaction, its markers being under way', () => {
    const story = new Story().log(P, 'a');
    const offsets = [{ group: 'g', partition: 'in-0', offset: 1 }];
    const transaction = story.transaction('commit', { offsets });
    expect(found('A20', story.send('a', { transaction }).crash().commit(1, { transaction }))).toBe(NOT);
  });
  it('is not a commit that was under way at the crash and there before anybody went on', () => {
    const story = new Story().log(P, 'a').position(0, 'reset');
    story
      .send('a', { transaction: story.transaction('commit') })
      .crash()
      .commit(1)
      .position(1);
    expect(found('A20', story)).toBe(NOT);
  });
  it('is an offset that comes after the successor has begun', () => {
    const story = new Story().log(P, 'a').position(0, 'reset');
    story
      .send('a', { transaction: story.transaction('commit') })
      .crash()
      .position(0, 'reset')
      .commit(1);
    expect(found('A20', story)).toBe('a');
  });
});

describe('A21 circular-information-flow (G1c)', () => {
  it('is two transactions that read from each other', () => {
    const story = new Story();
    const one = story.transaction('commit', { reads: [{ record: 'y', partition: P }] });
    const two = story.transaction('commit', { reads: [{ record: 'x', partition: P }] });
    expect(found('A21', story.send('x', { transaction: one }).send('y', { transaction: two }))).toBe('y');
  });
  it('is not a chain, nor a transaction that reads its own write', () => {
    const story = new Story();
    const one = story.transaction('commit', { reads: [{ record: 'x', partition: P }] });
    const two = story.transaction('commit', { reads: [{ record: 'x', partition: P }] });
    expect(found('A21', story.send('x', { transaction: one }).send('y', { transaction: two }))).toBe(NOT);
  });
});

describe('A22 interleaved-writes (G0)', () => {
  it('is x y x of two transactions, and not x x y', () => {
    const story = new Story();
    const one = story.transaction('commit');
    const two = story.transaction('commit');
    for (const record of ['x1', 'x2']) story.send(record, { transaction: one });
    story.send('y', { transaction: two });
    expect(found('A22', story.log(P, 'x1', 'y', 'x2'))).toBe('x2');
    expect(found('A22', story.log(P, 'x1', 'x2', 'y'))).toBe(NOT);
  });
});

describe('A23 zombie-write, A24 zombie-commit, A25 misattributed-end', () => {
  it('are what the ghosts say', () => {
    expect(found('A23', new Story().effect('a', true))).toBe('a');
    expect(found('A24', new Story().commit(1, { isZombie: true }))).toBeNull();
    const story = new Story();
    story.transaction('abort', { asked: 'commit', isMisattributed: true });
    expect(found('A25', story)).toBeNull();
  });
  it('are nothing without them', () => {
    const story = new Story().effect('a').commit(1).send('x');
    story.transaction('abort');
    for (const id of ['A23', 'A24', 'A25'] as const) expect(found(id, story)).toBe(NOT);
  });
  it('A23 is not a zombie whose transaction was aborted', () => {
    const story = new Story().send('x', { transaction: new Story().transaction('abort') });
    story.history.sends[0]!.isZombie = true;
    expect(found('A23', story)).toBe(NOT);
    const plain = new Story().send('x');
    plain.history.sends[0]!.isZombie = true;
    expect(found('A23', plain)).toBe('x');
  });
});

describe('A27 reset-skip', () => {
  it('is a record between the first position and a reset beyond it', () => {
    expect(found('A27', new Story().position(0, 'reset').position(2, 'reset'))).toBe('a');
  });
  it('is not a record from before the group, nor one that was delivered', () => {
    expect(found('A27', new Story().position(2, 'reset'))).toBe(NOT);
    const story = new Story().position(0, 'reset').deliver('a', 0).deliver('b', 1).position(2, 'reset');
    expect(found('A27', story)).toBe(NOT);
  });
});

describe('A28 poison-misrouted', () => {
  const withPoison = (): Story => {
    const story = new Story();
    story.history.poison.add('a');
    story.history.deadLetterTopic = 'dead';
    return story;
  };
  it('is a poison record passed and dropped', () => {
    expect(found('A28', withPoison().commit(1))).toBe('a');
  });
  it('is a good record in the dead-letter topic', () => {
    expect(found('A28', withPoison().log('dead-0', 'a', 'b').commit(2))).toBe('b');
  });
  it('is not a poison record that was dead-lettered, nor one that is still to come', () => {
    expect(found('A28', withPoison().log('dead-0', 'a').commit(1))).toBe(NOT);
    expect(found('A28', withPoison())).toBe(NOT);
  });
});
