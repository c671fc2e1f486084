/** Headlines, reasons and names of the anomalies of replication, transactions, fencing and dead letters, in English. */
import { anomalyHeadline as headline, capital, recordPhrase, type Catalogue } from './catalogue';

export const anomaliesEn: Catalogue = {
  'headline.A2': headline('A2', '{record} is in the log and nobody can read it'),
  'headline.A4': headline('A4', '{record} overtook a record that was sent before it'),
  'headline.A5': headline('A5', 'Two records have been seen at one offset'),
  'headline.A6': headline('A6', '{record} was read, and then it was gone from the log'),
  'headline.A8': headline('A8', '{record} was committed before it was processed'),
  'headline.A11': headline('A11', 'The sum is wrong: {key} is {actual} and has to be {expected}'),
  'headline.A12': headline('A12', '{record} came late and had the last word'),
  'headline.A13': headline('A13', 'A consumer went back, or passed over a record'),
  'headline.A14': headline('A14', 'The committed offset went back'),
  'headline.A16': headline('A16', 'An offset was committed that nobody had come to'),
  'headline.A17': headline('A17', '{record} was rolled back and read all the same'),
  'headline.A18': headline('A18', '{record} was read before it was committed'),
  'headline.A19': headline('A19', 'One half of a transaction is there, the other is not'),
  'headline.A20': headline('A20', 'The output for {record} and its offset went different ways'),
  'headline.A21': headline('A21', 'Transactions have read from each other in a circle'),
  'headline.A22': headline('A22', 'Two transactions have written in turns'),
  'headline.A23': headline('A23', 'A process that had been replaced still wrote'),
  'headline.A24': headline('A24', 'A process that had been replaced still committed'),
  'headline.A25': headline('A25', 'A late decision ended the wrong transaction'),
  'headline.A26': headline('A26', 'Table and topic disagree about {record}'),
  'headline.A27': headline('A27', '{record} was skipped by a reset to the end of the log'),
  'headline.A28': headline('A28', '{record} is not where it belongs'),

  'why.A2': (p, words) =>
    `${recordPhrase(p, words)} is at offset ${p['offset']} of ${p['partition']}. An open transaction before it holds back every reader at read_committed.`,
  'why.A4': (p, words) =>
    `${recordPhrase(p, words)} was sent after ${p['other']}, and stands at offset ${p['offset']}, before offset ${p['otherOffset']}.`,
  'why.A5': (p) =>
    `At ${p['place']} both ${p['record']} and ${p['other']} have been observed: the log was cut and written anew.`,
  'why.A6': (p, words) =>
    `${recordPhrase(p, words)} was delivered from offset ${p['offset']} of ${p['partition']}. A reader of the whole log does not find it any more.`,
  'why.A8': (p, words) =>
    `When offset ${p['committed']} was committed, ${recordPhrase(p, words)} (offset ${p['offset']}) had had no effect yet. A crash right then would have lost it.`,
  'why.A11': (p, words) =>
    `By the input ${p['key'] === p['record'] ? recordPhrase(p, words) : p['key']} has to come to ${p['expected']}. At the end it is ${p['actual']}.`,
  'why.A12': (p, words) =>
    `${capital(recordPhrase(p, words))} and ${recordPhrase({ record: p['other'] ?? '' }, words)} have the key ${p['key']}. The effect of the later one was applied first, and the one before it came on top.`,
  'why.A13': (p) =>
    `Offset ${p['expected']} of ${p['partition']} was next, and ${p['offset']} came. No seek and no rebalance lies between: this is a fault of the engine, please report it.`,
  'why.A14': (p) =>
    `The group's offset of ${p['partition']} was ${p['before']} and became ${p['offset']}. The coordinator takes any value; the last commit wins.`,
  'why.A16': (p) =>
    Number(p['position']) < 0
      ? `Offset ${p['offset']} of ${p['partition']} was committed by a process that did not have the partition.`
      : `Offset ${p['offset']} of ${p['partition']} was committed by a process that had only come to ${p['position']}. What lies between is delivered to nobody.`,
  'why.A17': (p, words) =>
    `The transaction that wrote ${recordPhrase(p, words)} was aborted. At read_committed nobody may be given it.`,
  'why.A18': (p, words) =>
    `${recordPhrase(p, words)} was delivered at read_committed, and at that moment its transaction was still open.`,
  'why.A19': (p) =>
    `${p['other']} is visible and ${p['record']} is not, though one transaction wrote both. Offsets sent with a transaction count as its writes.`,
  'why.A20': (p, words) =>
    Number(p['visible']) > 0
      ? `The output for ${recordPhrase(p, words)} is visible, and the group ${Number(p['committed']) < 0 ? 'has no offset' : `is at offset ${p['committed']}`}: whoever goes on from there makes the output again.`
      : `The group's offset is ${p['committed']}, beyond ${recordPhrase(p, words)} (offset ${p['offset']}), and its output is not visible: nobody will make it.`,
  'why.A21': (p) =>
    `It goes round from ${p['id']} back to ${p['id']}: each transaction has read what the one before it wrote.`,
  'why.A22': (p) =>
    `In ${p['partition']} their records stand in turns. Kafka does not keep writers apart; each reader sees whole transactions all the same.`,
  'why.A23': (p, words) =>
    `Incarnation ${p['incarnation']} of the process had been replaced and did not know. Its write for ${recordPhrase(p, words)} was taken.`,
  'why.A24': (p) =>
    `Incarnation ${p['incarnation']} of the process was no member of the group's generation any more. Its commit of ${p['offset']} for ${p['partition']} was taken: it named no generation.`,
  'why.A25': (p) =>
    `${p['id']} asked to ${p['asked']} and got ${p['decision']}: the request of an earlier transaction came late, and nothing in it told the two apart.`,
  'why.A26': (p, words) =>
    Number(p['ghost']) > 0
      ? `${capital(recordPhrase(p, words))} is announced in ${p['topic']}, and no row stands in the table: the transaction was rolled back, or never made.`
      : `${capital(recordPhrase(p, words))} stands in the table, and nothing in ${p['topic']} tells of it. Nobody is left who would send it.`,
  'why.A27': (p, words) =>
    `The group had no usable commit, so its position was reset to ${p['reset']}, beyond ${recordPhrase(p, words)} (offset ${p['offset']}), which had come while the group was there.`,
  'why.A28': (p, words) =>
    Number(p['good']) > 0
      ? `${recordPhrase(p, words)} can be processed, and it is in the dead-letter topic.`
      : `${recordPhrase(p, words)} cannot be processed. The group has passed it, and it is not in the dead-letter topic either.`,

  'anomaly.A2': () => 'unseen',
  'anomaly.A4': () => 'reordered append',
  'anomaly.A5': () => 'divergent offset',
  'anomaly.A6': () => 'vanished read',
  'anomaly.A8': () => 'premature commit',
  'anomaly.A11': () => 'wrong result',
  'anomaly.A12': () => 'stale overwrite',
  'anomaly.A13': () => 'poll skip',
  'anomaly.A14': () => 'offset regression',
  'anomaly.A16': () => 'commit beyond position',
  'anomaly.A17': () => 'aborted read',
  'anomaly.A18': () => 'precommitted read',
  'anomaly.A19': () => 'torn transaction',
  'anomaly.A20': () => 'offset and output split',
  'anomaly.A21': () => 'circular information flow',
  'anomaly.A22': () => 'interleaved writes',
  'anomaly.A23': () => 'zombie write',
  'anomaly.A24': () => 'zombie commit',
  'anomaly.A25': () => 'misattributed end',
  'anomaly.A26': () => 'outbox split',
  'anomaly.A27': () => 'reset skip',
  'anomaly.A28': () => 'poison misrouted',
};
