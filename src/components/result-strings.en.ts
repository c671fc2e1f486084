/** Words of verdict and timeline. */
import type { AnomalyId, FaultKind } from '../grader/verdict';
import { formatNumber, plural } from './format';

const anomalies: Readonly<Record<AnomalyId, string>> = {
  A1: 'a record that was sent is not in the log',
  A3: 'a record is in the log twice',
  A7: 'a record was never processed',
  A9: 'an effect happened more than once',
  A10: 'a record was delivered more than once',
  A15: 'a restart with nothing new delivers old records',
  L1: 'the program stopped making progress',
  L2: 'the program kept ending with an error',
  N1: 'nothing was processed',
  N2: 'a fault never happened',
  N3: 'something that the lab needs to see never happened',
  N4: 'a record was lost that no fault had touched',
  X1: 'the same execution went differently the second time',
};

const remedies: Readonly<Partial<Record<AnomalyId, string>>> = {
  N1: 'Let the program subscribe and process at least one record without faults, then run again.',
  N2: 'Let the program come to the place where this fault can happen, for example a request or a commit.',
  N3: 'Nothing is wrong so far, but too little happened to prove anything. Let the program do all of the task.',
  N4: 'Losing is for what a fault has struck. Let the program handle, or send, everything else.',
  X1: 'Look for something that differs from run to run and tell the course’s authors if there is nothing.',
};

const faultKinds: Readonly<Record<FaultKind | 'none', string>> = {
  none: 'no fault',
  crash: 'crash',
  'lost-answer': 'lost answer',
  'lost-request': 'lost request',
  restart: 'restart',
};

const times = { one: 'time', other: 'times' };

export const resultEn = {
  withFaults: (count: number): string =>
    count === 0
      ? 'found without any fault'
      : count === 1
        ? 'found with one fault'
        : `found with ${plural('en', count, { one: 'fault', other: 'faults' })}`,
  passed: (faults: number): string =>
    `passed · every execution with up to ${plural('en', faults, { one: 'fault', other: 'faults' })}`,
  inconclusive: 'not decided',
  notJudged: 'could not be run',
  line: (line: number): string => `line ${formatNumber('en', line)}`,
  goToLine: (line: number): string => `Go to line ${formatNumber('en', line)}`,
  atTime: (time: number): string => `${formatNumber('en', time)} ms`,
  story: 'What happened',
  why: 'Why',
  whatToDo: 'What to do',
  timeline: 'Timeline',
  timelinePass: 'The hardest execution it survived',
  ledger: 'Ledger',
  ledgerNote: 'Each input record at the end of this execution',
  record: 'record',
  appended: 'in the log',
  delivered: 'delivered',
  committed: 'committed',
  yes: 'yes',
  no: 'no',
  badCount: (count: number): string =>
    count === 0 ? 'never' : count === 1 ? 'unexpected' : `${formatNumber('en', count)} ${times.other}`,
  badCommitted: (committed: boolean): string => (committed ? 'yes, too early' : 'no, missing'),
  counts: 'Is it only this one?',
  countsNote: 'Executions by what went wrong and by the fault in them',
  anomaly: 'what',
  total: 'total',
  none: 'none',
  seenAllowed: 'Seen, allowed here',
  seenTimes: (count: number): string => `in ${plural('en', count, { one: 'execution', other: 'executions' })}`,
  coverage: 'What was tried',
  coverageFired: (count: number): string =>
    count === 0 ? 'never happened' : `happened in ${plural('en', count, { one: 'execution', other: 'executions' })}`,
  byFaults: (faults: number, count: number): string =>
    `${plural('en', count, { one: 'execution', other: 'executions' })} with ${faults === 0 ? 'no fault' : plural('en', faults, { one: 'fault', other: 'faults' })}`,
  witnessed: 'witnessed',
  console: 'Console',
  consoleEmpty: 'Nothing was printed.',
  incarnation: (process: string, incarnation: number): string => `${process} #${incarnation}`,
  table: 'All events as a table',
  hint: (number: number, count: number): string => `Hint ${number} of ${count}`,
  solution: 'Compare with the solution',
  replay: 'Replay',
  verdictAsData: 'The verdict as data. The button copies this page’s; the command prints the same, times apart:',
  replayNote: 'The same execution, on the command line, with your file:',
  executionCode: 'Execution code',
  copy: 'Copy',
  copied: 'Copied',
  anomalies,
  remedies,
  faultKinds,
  step: 'step',
  time: 'time',
  lane: 'where',
  event: 'event',
  sourceLine: 'line',
  previous: 'Previous step',
  next: 'Next step',
  play: 'Play',
  pause: 'Pause',
  slider: 'Step',
  stepOf: (step: number, count: number): string => `${formatNumber('en', step)} / ${formatNumber('en', count)}`,
  toFault: 'To the fault',
  allEvents: 'All events',
  keysHint: '↑ ↓ step, Home and End, Space plays',
  timelineLabel: 'Events of this execution, in order',
  windowBefore: (count: number): string => `${plural('en', count, { one: 'earlier event', other: 'earlier events' })}`,
  windowAfter: (count: number): string => `${plural('en', count, { one: 'later event', other: 'later events' })}`,
  fault: 'fault',
  again: 'again',
  stateAt: (what: string, step: number): string => `${what} at step ${formatNumber('en', step)}`,
  committedMark: 'committed',
  positionMark: 'position',
  highWatermark: 'high watermark',
  emptyLog: 'The log is empty.',
  offset: 'offset',
  applied: (service: string): string => `Applied by ${service}`,
  nothingApplied: 'nothing yet',
  group: (group: string): string => `Group ${group}`,
  generation: (generation: number): string => `generation ${generation}`,
  noMember: 'no member',
  reads: (partitions: string): string => `reads ${partitions}`,
  readsNothing: 'reads nothing',
  running: 'running',
  notRunning: 'not running',
};

export type ResultStrings = typeof resultEn;
