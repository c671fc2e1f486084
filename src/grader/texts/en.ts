/** Verdicts and traces in English. Every id of `ru.ts` is here and the other way round (tested). */
import { anomaliesEn } from './anomalies.en';
import { anomalyHeadline as headline, capital, count, fill, plural, recordPhrase, type Catalogue } from './catalogue';
import { stormEn } from './storm.en';
import type { LabWords } from '../lab';
import type { TextParams } from '../verdict';

const number = (value: TextParams[string] | undefined): string => count('en', value);
const who = (p: TextParams): string => `${p['process']} #${p['incarnation']}`;
const atLine = (p: TextParams): string => (Number(p['line']) > 0 ? `, line ${p['line']}` : '');
const faults = (p: TextParams): string =>
  Number(p['faults']) === 0
    ? 'without any fault'
    : `with up to ${p['faults']} ${plural('en', p['faults'], { one: 'fault', other: 'faults' })}`;
const executions = (value: TextParams[string] | undefined): string =>
  `${number(value)} ${plural('en', value, { one: 'execution', other: 'executions' })}`;
/** The workload that is tried with fewer faults than the others. */
const longer = (p: TextParams): string =>
  p['longerRecords'] === undefined
    ? ''
    : `, and one of ${p['longerRecords']} records ${faults({ faults: p['longerFaults'] ?? 0 })}`;
const FAULT_NAMES: Readonly<Record<string, string>> = {
  crash: 'crash',
  'lost-answer': 'lost answer',
  'lost-request': 'lost request',
  'connection-lost-before-commit': 'connection lost before the commit',
  'connection-lost-after-commit': 'connection lost after the commit',
  'service-error': 'service answers 500',
  'service-timeout': 'service never answers',
  'send-error': 'send refused',
  'abortable-error': 'offsets refused',
  pause: 'pause',
  restart: 'clean restart',
  delay: 'delay',
  reorder: 'reordering',
  poison: 'poison record',
  'broker-crash': 'broker crash',
  'broker-restart': 'broker restart',
  'broker-pause': 'broker pause',
  'fail-over': 'fail-over',
  'coordinator-move': 'coordinator moves',
  'isr-shrink': 'follower falls behind',
  'unclean-fail-over': 'unclean fail-over',
};
const request = (p: TextParams): string => {
  const label = String(p['label'] || p['request']).replace(/#.*$/, '');
  return (
    (
      {
        effect: 'the service call',
        query: 'the query',
        commit: 'the commit',
        produce: 'the produce request',
      } as Readonly<Record<string, string>>
    )[label] ?? `the ${label} request`
  );
};
/** Whom a request was for, where that is known. */
const forRecord = (p: TextParams, words: LabWords): string => (p['record'] ? ` for ${fill(words.record, p)}` : '');

const ANOMALY_NAMES: Readonly<Record<string, string>> = {
  A1: 'lost append',
  A3: 'duplicate append',
  A7: 'lost record',
  A9: 'duplicate effect',
  A10: 'duplicate delivery',
};

const BROKER: Readonly<Record<string, (id: string) => string>> = {
  killed: (id) => `broker ${id} is killed`,
  paused: (id) => `broker ${id} freezes`,
  resumed: (id) => `broker ${id} goes on where it was`,
  started: (id) => `broker ${id} starts again`,
  stopped: (id) => `broker ${id} shuts down in order`,
  fenced: (id) => `broker ${id} has been silent for too long and counts as gone`,
  hanging: (id) => `broker ${id} copies nothing any more`,
  copying: (id) => `broker ${id} copies again`,
};

const STUCK: Readonly<Record<string, string>> = {
  deadlock: 'It waits for a promise that is never settled.',
  livelock: 'It stays busy and gets nowhere.',
  'poison-loop': 'One record is delivered again and again, and its handler fails each time or never moves on.',
  idle: 'It has come to rest with work left over: nothing is delivered to it any more.',
  dropped:
    'It has come to rest. The record was delivered and its handler came back without an error, but its effect never happened.',
  'until-restart': 'It came to rest with work left over, and went on only because it was started again at the end.',
  budget: 'It was still busy after more than 20,000 events.',
  'endless-loop': 'One turn of it does not end.',
};

export const en: Catalogue = {
  ...anomaliesEn,
  ...stormEn,
  'headline.pass': headline('pass', 'The guarantee holds'),
  'headline.A1': headline('A1', '{record} was acknowledged and is not in the log'),
  'headline.A3': headline('A3', '{record} stands in the log {count} times'),
  'headline.A7': headline('A7', '{record} was never processed'),
  'headline.A9': headline('A9', '{record} took effect {count} times'),
  'headline.A10': headline('A10', '{record} was delivered more than once'),
  'headline.A15': headline('A15', 'A restart without new input delivered {record} again'),
  'headline.L1': headline('L1', 'The program does not finish its work'),
  'headline.L2': headline('L2', 'The program ends with an error each time it is started'),
  'headline.N1': headline('N1', 'Nothing was done, so nothing was tested'),
  'headline.N2': (p) =>
    p['fault'] === ''
      ? 'The program makes too many requests for every plan of faults to be tried'
      : `The fault "${FAULT_NAMES[String(p['fault'])] ?? p['fault']}" never struck, so it was not tested`,
  'headline.N3': () => 'What this lab has to show was never seen',
  'headline.N4': headline('N4', '{record} was lost, and no fault had touched it'),
  'headline.X1': () => 'The same run went two ways',

  'bound.pass': (p) =>
    `No violation in ${Number(p['executions']) === 1 ? 'the only execution' : `all ${executions(p['executions'])}`} ${faults(p)}, ${p['variations']} ${plural('en', p['variations'], { one: 'workload', other: 'workloads' })}${longer(p)}.`,
  'bound.fail': (p) =>
    `${number(p['failing'])} of ${executions(p['executions'])} ${faults(p)} ${plural('en', p['failing'], { one: 'breaks', other: 'break' })} the guarantee. This is the shortest.`,
  'bound.running': (p) =>
    `${number(p['failing'])} of ${executions(p['executions'])} so far; the search goes on. This is the shortest.`,
  'bound.cut': (p) =>
    `Found after ${executions(p['executions'])}, with ${p['level']} ${plural('en', p['level'], { one: 'fault', other: 'faults' })}; the search ended there.`,
  'bound.inconclusive': (p) => `${executions(p['executions'])} ${faults(p)}: not enough to judge.`,
  'bound.not-judged': (p) => `${executions(p['executions'])}: what happened in them says nothing about the program.`,
  'bound.vacuous': () => 'The run without faults had no effect, so there was nothing to break.',
  'bound.none': () => 'No execution was possible.',

  'why.A1': (p, words) =>
    p['acknowledged'] === 0
      ? `The program came to its end as if all were sent. A reader of the whole log does not find ${recordPhrase(p, words)}.`
      : `send() came back without an error for ${recordPhrase(p, words)}. A reader of the whole log does not find it.`,
  'why.A3': (p, words) =>
    `The log holds ${recordPhrase(p, words)} ${p['count']} times. Nothing in the records tells the copies apart.`,
  'why.A7': (p, words) =>
    `The group's committed offset ${p['committed']} says that ${recordPhrase(p, words)} (offset ${p['offset']}) is done. It is not. ` +
    `Whoever reads next starts at ${p['committed']}: nobody will read offset ${p['offset']} again.`,
  'why.A9': (p, words) =>
    `The effect for ${recordPhrase(p, words)} was applied ${p['count']} times. Nothing told the later run that it had already happened.`,
  'why.A10': (p, words) => `The handler was entered ${p['count']} times with ${recordPhrase(p, words)}.`,
  'why.A15': (p, words) =>
    `Everything was done and nothing new had arrived, and still ${recordPhrase(p, words)} (offset ${p['offset']}) came again. ` +
    (Number(p['isNewGroup'] ?? 0) > 0
      ? 'It was read by a group that is new: it knows nothing of what another has committed, and begins anew.'
      : Number(p['committed']) < 0
        ? 'The group has no committed offset, so a restart begins anew.'
        : `The committed offset is ${p['committed']}; a committed offset is the offset to read next.`),
  'why.L1': (p) =>
    `${p['faults'] === 0 ? 'No fault has struck, and there was' : 'The faults are over and there was'} time enough. ${STUCK[String(p['reason'])] ?? ''}`,
  'why.L2': () => 'The supervisor started the program again and again, and each time it ended the same way.',
  'why.N1': (p) =>
    Number(p['isJob'] ?? 0) > 0
      ? Number(p['sends']) > 0
        ? 'Something was handed to the client, and nothing of it can be read: the process ended before it left, its transaction was not committed, or it was something else than the input.'
        : 'The program has not sent anything. See that the input is imported, and that send() is called with the right topic.'
      : Number(p['delivered']) > 0
        ? Number(p['fabricated']) > 0
          ? 'Records were delivered, and the effects that reached the service were not about them.'
          : 'Records were delivered to the handler, and no effect reached the service.'
        : 'No record was delivered. A group without a committed offset starts at the end of the log unless fromBeginning is set; also see that run() is called and the topic is the right one.',
  'why.N2': (p) =>
    p['fault'] === ''
      ? 'Each request is a point at which a fault can strike. Do less over and over: commit when there is something new to commit, ask when there is something to ask.'
      : 'A fault kind that belongs to this lab found no point to strike: the program never makes a request that it could hit.',
  'why.N3': (p) =>
    `In no execution was a ${ANOMALY_NAMES[String(p['anomaly'])] ?? p['anomaly']} seen. A program that keeps this guarantee shows it somewhere; one that never does was not put to the test.`,
  'why.N4': (p, words) =>
    `Losing is allowed here for what a fault strikes on its way or in progress. ${capital(recordPhrase(p, words))} was neither: the program dropped it by itself. ` +
    'One that drops what it likes never repeats anything either, so this is no proof.',
  'why.X1': () =>
    'Two runs of one plan left different traces, so the verdict would not be repeatable. This is a fault of the engine: please report it with your file.',

  'not-judged': () => 'could not be judged',
  'diagnosis.syntax-error': () => 'The program does not compile',
  'diagnosis.unavailable': (p) => `Labs do not support ${p['what']}`,
  'diagnosis.unsupported-syntax': (p) => `Line ${p['line']} uses something that labs do not support`,
  'diagnosis.missing-module': (p) => `An import leads nowhere${atLine(p)}`,
  'diagnosis.top-level-throw': (p) => `The program ends with an error${atLine(p)}`,
  'diagnosis.thrown-non-error': (p) => `The program throws something that is not an Error${atLine(p)}`,
  'diagnosis.unhandled-rejection': (p) => `A promise is rejected and nobody handles it${atLine(p)}`,
  'diagnosis.endless-loop': (p) => `A loop does not end${atLine(p)}`,
  'diagnosis.endless-microtasks': (p) => `A chain of promises does not end${atLine(p)}`,
  'diagnosis.never-settles': (p) => `A promise is never settled${atLine(p)}`,
  'diagnosis.out-of-memory': (p) => `The program used up its memory${atLine(p)}`,
  'diagnosis.not-responding': (p) => `The program stopped responding${atLine(p)}`,
  'diagnosis.output-flood': (p) => `The program prints without end${atLine(p)}`,
  'diagnosis.forbidden': (p) => `The program tried something that labs do not allow${atLine(p)}`,
  'remedy.unavailable': () =>
    'The program may be right: a lab has only a part of Node and PostgreSQL, and this is not in it. The message says why, or what to do instead.',
  'remedy.top-level-throw': () => 'Under Node the process would end here with exit code 1.',
  'remedy.connection-refused': () =>
    'Nobody listens at that address. The addresses of the brokers are in process.env.KAFKA_BROKERS, separated by commas.',
  'remedy.thrown-non-error': () => 'Throw an Error, so that logs and callers can tell what happened.',
  'remedy.unhandled-rejection': () => 'Await the promise, or handle its rejection; under Node it ends the process.',
  'remedy.endless-loop': () =>
    'The loop ran more than two million rounds in one turn. While it runs nothing else can: no answer arrives, no timer fires. Await what you wait for.',
  'remedy.endless-microtasks': () =>
    'Each job queues the next one, so no timer and no answer ever gets its turn. Wait for something outside of the chain.',
  'remedy.never-settles': () =>
    'Whatever should resolve or reject it is never called. Await something that happens, or reject after a time-out.',
  'remedy.out-of-memory': () =>
    'Keep what you collect bounded: a consumer that gathers records without end dies the same way in production.',
  'remedy.not-responding': (p) =>
    `${p['message']} Look for work that takes very long: thousands of queries or requests for one record, a regular expression, a recursion, an array that grows without end. On a busy machine it may be enough to run it again.`,
  'remedy.output-flood': () => 'Print once a record, not in a loop that never waits.',

  'event.phase': (p) =>
    ({
      'next-batch': 'more records arrive',
      restart: 'all is quiet; the program is restarted without new input',
      end: 'the end',
      heal: 'no more faults',
      start: 'the world begins',
    })[String(p['phase'])] ?? String(p['phase']),
  'event.process-start': (p) => `${who(p)} starts`,
  'event.process-crash': (p, words) => {
    const place = Number(p['line']) > 0 ? `line ${p['line']}` : request(p);
    const where = Number(p['another']) > 0 ? `another call of ${place}` : place;
    if (p['phase'] === 'before') return `${who(p)} crashes before ${where} takes effect`;
    if (p['phase'] === 'after') return `${who(p)} crashes right after ${where} took effect${forRecord(p, words)}`;
    return `${who(p)} crashes`;
  },
  'event.process-stop': (p) => `${who(p)} is stopped`,
  'event.process-pause': (p) => `${who(p)} freezes${atLine(p)}, before the next request leaves`,
  'event.process-resume': (p) => `${who(p)} wakes up and goes on where it was`,
  'event.process-exit': (p) =>
    p['error'] ? `${who(p)} ends with ${p['error']}` : `${who(p)} exits with code ${p['code']}`,
  'event.append': (p, words) => `${recordPhrase(p, words)} is appended to ${p['partition']} at offset ${p['offset']}`,
  'event.group-join': (p) =>
    `${who(p)} joins group ${p['group']}, generation ${p['generation']}: ${p['assignment'] || 'no partition'}`,
  'event.group-leave': (p) =>
    p['reason'] === 'left' ? `a member leaves group ${p['group']}` : `group ${p['group']}: a member's session expires`,
  'event.position': (p) =>
    ({
      committed: `reading of ${p['partition']} goes on at the committed offset ${p['offset']}`,
      reset: `there is no usable commit for ${p['partition']}; reading begins at ${p['offset']}`,
      seek: `reading of ${p['partition']} is moved to ${p['offset']}`,
    })[String(p['from'])] ?? '',
  'event.deliver': (p, words) => `${recordPhrase(p, words)} is delivered${Number(p['again']) > 0 ? ' again' : ''}`,
  'event.handled': (p, words) =>
    p['error']
      ? `the handler fails on ${recordPhrase(p, words)}: ${p['error']}`
      : `the handler is done with ${recordPhrase(p, words)}`,
  'event.commit-queued': (p) =>
    `${Number(p['automatic']) > 0 ? 'the client queues an automatic commit' : 'a commit is queued in the client'}: ${p['offset']}`,
  'event.commit': (p) =>
    p['group'] === undefined
      ? `the group's committed offset of ${p['partition']} is now ${p['offset']}`
      : `the committed offset of ${p['partition']} in group ${p['group']} is now ${p['offset']}`,
  'event.commit-refused': (p) => `the commit of ${p['offset']} is refused: ${p['error']}`,
  'event.transaction-begin': (p) => `${who(p)} begins a transaction of ${p['transaction']}`,
  'event.transaction-commit': (p) => `${who(p)} asks to commit the transaction of ${p['transaction']}${atLine(p)}`,
  'event.transaction-abort': (p) => `${who(p)} asks to abort the transaction of ${p['transaction']}${atLine(p)}`,
  'event.transaction-offsets': (p) =>
    `offset ${p['offset']} of ${p['partition']} is to be committed with the transaction, for group ${p['group']}`,
  'event.request': (p) => `${p['label']} leaves${atLine(p)}`,
  'event.effect': (p, words) => {
    if (Number(p['fabricated']) > 0)
      return `${p['service']} applies ${p['label']}, for a record that was never delivered`;
    if (Number(p['undone']) > 0) return `what was done for ${fill(words.record, p)} is undone by ${p['label']} …`;
    const again = Number(p['count']) > 1 ? ` again (${p['count']} times now)` : '';
    const late = Number(p['late']) > 0 ? ': the request had left before the crash' : '';
    return `${fill(words.effect, p)}${again}${late}`;
  },
  'event.statement': (p) =>
    p['code']
      ? `${p['database']} refuses ${p['label']}${atLine(p)}: ${p['outcome']} (${p['code']})`
      : `${p['database']} carries out ${p['label']}${atLine(p)}: ${p['outcome']}`,
  'event.transaction-waits': (p) => `${p['label']} waits for the transaction of ${p['holder']}`,
  'event.pool-exhausted': (p) =>
    Number(p['connections']) === 1
      ? `${who(p)} waits for a connection: the pool has one, and it is lent`
      : `${who(p)} waits for a connection: all ${p['connections']} of the pool are lent`,
  'event.rolled-back': (p) => `the connection of ${p['owner']} has ended, and its transaction is rolled back`,
  'event.table': (p) =>
    `the table ${p['table']} now holds ${number(p['rows'])} ${plural('en', p['rows'], { one: 'row', other: 'rows' })}`,
  'event.service-refused': (p) => `${p['service']} refuses ${p['label']} with status ${p['status']}`,
  'event.broker': (p) => BROKER[String(p['state'])]?.(String(p['broker'])) ?? `broker ${p['broker']}: ${p['state']}`,
  'event.leader': (p) =>
    Number(p['leader']) < 0
      ? `${p['partition']} has no leader now`
      : `broker ${p['leader']} leads ${p['partition']} in epoch ${p['epoch']}${Number(p['unclean']) > 0 ? ', out of sync: records may be lost' : ''}`,
  'event.coordinator': (p) => {
    const what = p['of'] === 'group' ? 'the consumer groups' : 'the transactions';
    return Number(p['broker']) < 0 ? `nobody coordinates ${what} now` : `broker ${p['broker']} coordinates ${what} now`;
  },
  'event.isr': (p) => `in sync for ${p['partition']}: ${p['isr'] === '' ? 'nobody' : p['isr']}`,
  'event.truncated': (p) => `broker ${p['broker']} cuts ${p['partition']} back from offset ${p['to']} to ${p['from']}`,
  'event.answer': (p) => `${p['label']} is answered: ${p['status']}`,
  'event.request-lost': (p, words) => `${request(p)}${forRecord(p, words)} is lost on its way`,
  'event.answer-lost': (p, words) => `the answer to ${request(p)}${forRecord(p, words)} is lost`,
  'event.request-late': (p, words) => `${request(p)}${forRecord(p, words)} is held up on its way`,
  'event.answer-late': (p, words) => `the answer to ${request(p)}${forRecord(p, words)} is held up on its way`,
  'event.request-overtakes': (p, words) => `${request(p)}${forRecord(p, words)} overtakes what was sent before it`,
  'event.poison': (p, words) => `${recordPhrase(p, words)} has a value that cannot be parsed`,
  'event.console': (p) => `${p['level']}: ${p['text']}`,
  'event.stuck': (p) => STUCK[String(p['reason'])] ?? 'stuck',

  'anomaly.A1': () => 'lost append',
  'anomaly.A3': () => 'duplicate append',
  'anomaly.A7': () => 'lost record',
  'anomaly.A9': () => 'duplicate effect',
  'anomaly.A10': () => 'duplicate delivery',
  'anomaly.A15': () => 'repeat after a restart',
  'anomaly.L1': () => 'stuck',
  'anomaly.L2': () => 'crash-out',
  'anomaly.N1': () => 'nothing done',
  'anomaly.N2': () => 'fault never struck',
  'anomaly.N3': () => 'witness missing',
  'anomaly.N4': () => 'needless loss',
  'anomaly.X1': () => 'nondeterministic',
  'fault.crash': () => 'crash',
  'fault.lost-answer': () => 'lost answer',
  'fault.lost-request': () => 'lost request',
  'fault.connection-lost-before-commit': () => 'connection lost before the commit',
  'fault.connection-lost-after-commit': () => 'connection lost after the commit',
  'fault.service-error': () => 'service answers 500',
  'fault.service-timeout': () => 'service never answers',
  'fault.send-error': () => 'send refused',
  'fault.abortable-error': () => 'offsets refused',
  'fault.pause': () => 'pause',
  'fault.restart': () => 'clean restart',
  'fault.delay': () => 'delay',
  'fault.reorder': () => 'reordering',
  'fault.poison': () => 'poison record',
  'fault.broker-crash': () => 'broker crash',
  'fault.broker-restart': () => 'broker restart',
  'fault.broker-pause': () => 'broker pause',
  'fault.fail-over': () => 'fail-over',
  'fault.coordinator-move': () => 'coordinator moves',
  'fault.isr-shrink': () => 'follower falls behind',
  'fault.unclean-fail-over': () => 'unclean fail-over',
  'fault.none': () => 'no fault',
  'status.pass': () => 'passed',
  'status.fail': () => 'failed',
  'status.inconclusive': () => 'inconclusive',
  'found.faults': (p) =>
    Number(p['faults']) === 0
      ? 'found without any fault'
      : `found with ${p['faults']} ${plural('en', p['faults'], { one: 'fault', other: 'faults' })}`,
  'section.story': () => 'What happens',
  'section.why': () => 'Why',
  'section.ledger': () => 'Ledger',
  'section.counts': () => 'Executions by anomaly and fault',
  'section.allowed': () => 'Seen, allowed here',
  'section.replay': () => 'Replay',
  'ledger.record': () => 'record',
  'ledger.appended': () => 'in the log',
  'ledger.delivered': () => 'delivered',
  'ledger.committed': () => 'committed',
  ms: () => 'ms',
  line: (p) => `line ${p['line']}`,
  witnessed: (p) => `${capital(String(p['name']))} was seen in ${executions(p['executions'])}, as it has to be.`,
};
