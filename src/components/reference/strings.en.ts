import { plural } from '../format';
import type { Standing } from './fidelity-data';

const guarantees: Readonly<Record<string, string>> = {
  log: 'The log',
  idempotence: 'Idempotence',
  transactions: 'Transactions',
  offsets: 'Offsets',
  groups: 'Groups',
  'exactly-once': 'Exactly once',
  replication: 'Replication',
};

const standings: Readonly<Record<Standing, string>> = {
  same: 'same',
  differs: 'differs',
  recorded: 'recorded only',
  model: 'model only',
  'not run': 'not run',
};

const standingsMeaning: Readonly<Record<Standing, string>> = {
  same: 'the model prints what Kafka printed, or another of the results that a race leaves open',
  differs: 'the model prints something else',
  recorded: 'recorded from a real cluster; the model does not play this client',
  model: 'the model plays it, and nothing is recorded yet',
  'not run': 'neither',
};

const strikes: Readonly<Record<'send' | 'effect' | 'both' | 'rest' | 'input', string>> = {
  send: 'as a request leaves',
  effect: 'right after a request took effect',
  both: 'before a request leaves, or right after its effect',
  rest: 'when the program has come to rest',
  input: 'as a record of the workload arrives',
};

export const en = {
  guarantees,
  standings,
  standingsMeaning,
  scenario: 'Scenario',
  recordedOn: (from: string, until: string): string =>
    from === until ? `Recorded on ${from}.` : `Recorded from ${from} to ${until}.`,
  counts: (scenarios: number, pairs: number): string =>
    `${plural('en', scenarios, { one: 'scenario', other: 'scenarios' })} and ${plural('en', pairs, { one: 'pair', other: 'pairs' })} of scenario and client.`,
  filter: 'Find a row',
  filterHint: 'row, rule or word',
  shown: (count: number): string => `${plural('en', count, { one: 'row', other: 'rows' })} shown`,
  noneFound: 'No row has that in it. Try a rule, such as PID-5, or a word of the title.',
  loading: 'The transcript is loading…',
  failed: 'The transcript did not load. Close the row and open it again.',
  printed: 'printed',
  expected: 'expected',
  onKafka: 'Kafka',
  onModel: 'model',
  nothing: '(prints nothing)',
  times: (times: number): string => `×${times}`,
  runs: (client: string, runs: number, date: string): string =>
    `${client}: ${plural('en', runs, { one: 'run', other: 'runs' })}, the last on ${date}`,
  notRecorded: (letter: string): string => `${letter}: not recorded`,
  unstable: 'May differ from run to run: ',
  again: 'To run it again:',
  brokers: (count: number): string => plural('en', count, { one: 'broker', other: 'brokers' }),
  reasonMissing: 'No reason is listed yet.',
  noDifferences: 'None: in every comparison above the model printed what Kafka printed.',
  was: 'was',
  is: 'is',
  seenIn: 'seen in',
  theRun: 'The run',
  modelToo: 'The model prints the same.',
  modelOneOf: 'The model prints one of these results.',
  modelDiffers: 'The model prints something else.',
  modelCannot: 'The model does not play kafkajs, so there is no run of it beside this one.',
  wayRound: 'The way round',
  contents: 'Contents',
  rules: 'Rules',
  code: 'code',
  tests: 'tests',
  scenarios: 'scenarios',
  wholeFile: 'the file as a whole',
  functions: (count: number): string => plural('en', count, { one: 'place', other: 'places' }),
  testCount: (count: number): string => plural('en', count, { one: 'test', other: 'tests' }),
  scenarioCount: (count: number): string => plural('en', count, { one: 'scenario', other: 'scenarios' }),
  noCode: 'no code',
  noTests: 'no test',
  withoutCode: 'Rules that no code names',
  withoutTest: 'Rules that no test and no scenario names',
  strikes,
  fault: 'fault',
  anomaly: 'anomaly',
  meaning: 'what it is',
  when: 'when it strikes',
  triedIn: 'labs',
  forbidden: 'has to be absent in',
  witness: 'has to be seen in',
  noLab: 'no lab yet',
  processModule:
    'what a service uses: `argv`, `env`, `exitCode`, `on`, `once`, `off`, `exit`, `nextTick`, `hrtime`, `uptime`, `pid` …',
};

export type ReferenceStrings = typeof en;
