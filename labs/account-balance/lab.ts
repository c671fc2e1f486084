/**
 * Balances, right to the cent: adding is not repeatable by itself, so what has been added has to be remembered in the same
 * transaction (an inbox).
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabDatabase, LabRecord } from '../../src/grader/lab';

type Tables = Parameters<LabDatabase['effects']>[0];

interface Payment {
  readonly id: string;
  readonly account: string;
  readonly cents: number;
}

/** What the accounts hold before the program starts. */
const OPENING: Readonly<Record<string, number>> = { alice: 5000, bob: 2000 };

function paymentRecord(id: string, account: string, cents: number, partition = 0): LabRecord {
  return { id, topic: 'payments', partition, key: account, value: JSON.stringify({ id, account, cents }) };
}

/** Sent at once, so with one timestamp: a time is no more of a key than what is paid. */
function atOnce(records: readonly LabRecord[]): readonly LabRecord[] {
  return records.map((record) => ({ ...record, isSameMillisecond: true }));
}

function paymentOf({ value }: LabRecord): Payment {
  return JSON.parse(value) as Payment;
}

function balances({ accounts }: Tables): Record<string, number> {
  return Object.fromEntries((accounts ?? []).map(({ id, cents }) => [String(id), Number(cents)]));
}

/** No record was ever applied more often in a search than this. */
const MOST_OFTEN = 4;

/** Once is tried first: of two payments alike, a balance with both in it has each of them once. */
const TIMES = [1, 0, ...Array.from({ length: MOST_OFTEN - 1 }, (_none, index) => index + 2)];

/**
 * How often each payment is in the balance of its account. The amounts of a workload are such that no two ways give the
 * same sum, payments alike apart; a balance that no way gives tells of no payment.
 */
function timesApplied(payments: readonly Payment[], difference: number): Record<string, number> | null {
  const [first, ...rest] = payments;
  if (first === undefined) return difference === 0 ? {} : null;
  // So many long payments have too many ways for all of them to be tried.
  if (Math.abs(difference) > MOST_OFTEN * payments.reduce((sum, { cents }) => sum + Math.abs(cents), 0)) return null;
  for (const times of TIMES) {
    const others = timesApplied(rest, difference - times * first.cents);
    if (others !== null) return { ...others, [first.id]: times };
  }
  return null;
}

const database: LabDatabase = {
  schema: `
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      cents INTEGER NOT NULL
    );
    CREATE TABLE inbox (
      key TEXT PRIMARY KEY
    );
    INSERT INTO accounts (id, cents) VALUES ('alice', ${OPENING['alice']}), ('bob', ${OPENING['bob']});
  `,
  effects: (tables, records) => {
    const payments = records.map(paymentOf);
    const applied = Object.entries(balances(tables)).map(([account, cents]) => {
      const own = payments
        .filter((payment) => payment.account === account)
        .sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
      return timesApplied(own, cents - (OPENING[account] ?? 0)) ?? {};
    });
    return Object.assign({}, ...applied) as Record<string, number>;
  },
  fold: {
    expected: (records) => {
      const result = { ...OPENING };
      for (const { account, cents } of records.map(paymentOf)) result[account] = (result[account] ?? 0) + cents;
      return inEuros(result);
    },
    actual: (tables) => inEuros(balances(tables)),
  },
};

function inEuros(cents: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(cents).map(([account, value]) => [account, (value / 100).toFixed(2)]));
}

/** The amount that two payments of a workload have in common. */
const ALIKE = 10;

/** Of payments alike there are this many at the most, so many cents each time. */
const ROOM_FOR_ALIKE = 5 ** 3;

/**
 * For payments that are drawn: amounts of which no two sums are alike, each more than all before it can come to, but for
 * payments that are to be alike. Every third is taken off the balance.
 */
function drawnAmount({ cents }: Payment, nth: number): number {
  if (cents === ALIKE) return 1;
  return (nth % 3 === 2 ? -1 : 1) * ROOM_FOR_ALIKE * (MOST_OFTEN + 1) ** nth;
}

export default defineLab({
  id: 'account-balance',
  lesson: 'inbox',
  minutes: 30,
  points: 4,
  process: 'consumer',
  workloads: [
    {
      topics: [{ name: 'payments', partitions: 1 }],
      batches: [[paymentRecord('1', 'alice', 1250), paymentRecord('2', 'bob', 799), paymentRecord('3', 'alice', -307)]],
    },
    {
      topics: [{ name: 'payments', partitions: 2 }],
      // Two payments are alike but for their ids: a key made of account and amount is no key.
      batches: [
        atOnce([
          paymentRecord('7f3a', 'bob', ALIKE, 1),
          paymentRecord('c09e', 'alice', 100_001, 0),
          paymentRecord('51bd', 'alice', 37, 0),
          paymentRecord('e4f8', 'bob', ALIKE, 1),
        ]),
      ],
    },
    {
      topics: [{ name: 'payments', partitions: 1 }],
      // More payments than a pool has connections: those that are never given back are missed at the eleventh.
      batches: [
        Array.from({ length: 12 }, (_none, nth) =>
          paymentRecord(`b${nth + 1}`, nth % 2 === 0 ? 'alice' : 'bob', (MOST_OFTEN + 1) ** (nth >> 1)),
        ),
      ],
      maxFaults: 0,
    },
  ],
  services: [],
  database,
  restartBetweenBatches: false,
  stormRecord: (record, nth) => {
    const payment = paymentOf(record);
    return { ...record, value: JSON.stringify({ ...payment, cents: drawnAmount(payment, nth) }) };
  },
  faults: { kinds: ['crash', 'connection-lost-after-commit', 'connection-lost-before-commit', 'pause'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    A9: 'forbidden',
    A11: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A10: 'witness',
    A14: 'allowed',
    A15: 'allowed',
  },
  words: {
    en: {
      record: 'payment {record}',
      effect: 'payment {record} is in the balance',
      headlines: {
        pass: 'The balances are right to the cent',
        A7: 'Payment {record} is in no balance',
        A9: 'Payment {record} is in the balance {count} times',
        A10: 'Payment {record} was delivered more than once',
        A11: 'The balance of {key} is {actual} and has to be {expected}',
        A15: 'A restart without new input delivered payment {record} again',
        L1: 'The consumer never gets past payment {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'No balance has changed',
      },
      effectColumn: 'booked',
    },
    ru: {
      record: 'платёж {record}',
      effect: 'платёж {record} учтён в балансе',
      headlines: {
        pass: 'Балансы верны до копейки',
        A7: 'Платёж {record} не учтён ни в одном балансе',
        A9: 'Платёж {record} учтён в балансе больше одного раза: {count}',
        A10: 'Платёж {record} доставлен больше одного раза',
        A11: 'Баланс {key} — {actual}, а должен быть {expected}',
        A15: 'После перезапуска без новых данных платёж {record} доставлен ещё раз',
        L1: 'Консьюмер застрял на платеже {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Ни один баланс не изменился',
      },
      effectColumn: 'учтён',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A11', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/refuse-the-second': { status: 'pass', anomaly: null },
    'alternatives/key-from-coordinates': { status: 'pass', anomaly: null },
    'alternatives/next-offset-in-the-database': { status: 'pass', anomaly: null },
    'alternatives/ledger-class': { status: 'pass', anomaly: null },
    'attempts/apply-then-mark': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/mark-then-apply': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/look-then-mark': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/not-exists-in-the-update': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/take-the-mark-away': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/clean-the-inbox': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/next-offset-by-topic': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/key-from-the-content': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/key-from-the-timestamp': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/inbox-in-memory': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/inbox-by-instance': { status: 'fail', anomaly: 'A11', faults: 1 },
    // A successor's payment is overwritten: it is in no balance any more.
    'attempts/read-add-write': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/forget-to-release': { status: 'fail', anomaly: 'L1', faults: 0 },
    'attempts/another-connection': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/commit-before': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A11', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'booked-twice': { version: 'starter', execution: 'v0:crash@query#1.after' },
    'inbox-holds': { version: 'solution', execution: 'v0:connection-lost-after-commit@query#4' },
  },
});
