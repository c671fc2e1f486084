/** From what a search has found to its verdict: what is named, what is inconclusive, and why (exploration.md d2, d15-d17). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import lab from '../../../labs/at-least-once-consumer/lab';
import { diagnosisVerdict, judge, type Judgement } from '../../../src/grader/judge';
import { parseExecution } from '../../../src/grader/plan';
import type { SearchReport } from '../../../src/grader/search-report';
import type { Sighting } from '../../../src/grader/tally';
import { diagnosisMessage, renderText } from '../../../src/grader/texts';
import type { Program } from '../../../src/grader/program';
import type { AnomalyId, Diagnosis, Verdict } from '../../../src/grader/verdict';
import { programOf } from '../../fixtures/grade-in-process';

const source = readFileSync(path.join(__dirname, '../../../labs/at-least-once-consumer/solution.ts'), 'utf8');
const program = programOf(lab, source);

function sighting(code: string, params: Sighting['example']['instance']['params'] = {}): Sighting {
  const example = { execution: parseExecution(code), instance: { record: null, params }, eventCount: 1 };
  return { count: 3, byFault: { none: 3 }, example };
}

/** Of a search in which all is well. */
const WELL: SearchReport = {
  executions: 100,
  planned: 100,
  level: 2,
  byFaults: [2, 38, 60],
  isCapped: false,
  coverage: { crash: 50, 'lost-answer': 40, 'lost-request': 30 },
  unfired: 0,
  failing: 0,
  stuck: null,
  events: 1000,
  hardest: null,
  observes: { time: false, chance: false },
  vacuous: null,
  isOver: true,
  sightings: new Map([['A9', sighting('v0:crash@effect#1.after')]]),
  faultFree: { variation: 0, plan: [] },
};

function verdict(report: Partial<SearchReport>, more: Partial<Judgement> = {}): Verdict {
  const options = { modelHash: 'test', engineVersion: 'test' };
  const whole = { lab, program, options, faults: 2, naive: false, isOver: true, elapsedMs: 500 };
  return judge({ ...whole, ...more, report: { ...WELL, ...report } }).verdict;
}

const seen = (...entries: readonly (readonly [AnomalyId, string])[]): ReadonlyMap<AnomalyId, Sighting> =>
  new Map([...WELL.sightings, ...entries.map(([id, code]) => [id, sighting(code)] as const)]);

/** Status, and the failing anomalies in the order of the verdict. */
function outcome({ status, anomalies, headline }: Verdict): readonly unknown[] {
  return [status, headline.id, anomalies.filter(({ failing }) => failing).map(({ id, name }) => `${id} ${name}`)];
}

describe('a search in which all is well', () => {
  it('passes, says what was explored, and counts its witnesses', () => {
    const passed = verdict({});
    expect(outcome(passed)).toEqual(['pass', 'headline.pass', []]);
    expect(passed.boundLine).toMatchObject({ id: 'bound.pass', params: { executions: 100, faults: 2 } });
    expect(passed.explored).toEqual({ executions: 100, failing: 0, byFaults: [2, 38, 60], events: 1000 });
    expect(passed.witnesses).toEqual([{ id: 'A9', executions: 3 }]);
    expect(passed.cost).toEqual({ elapsedMs: 500, executionsPerSecond: 200 });
    expect([passed.shown?.executionCode, passed.diagnosis, passed.why]).toEqual(['v0:-', null, []]);
  });
  it('claims no more faults for a workload than were tried with it', () => {
    const [short] = lab.workloads;
    const long = { ...short!, batches: [[...short!.batches[0]!, ...short!.batches[0]!]], maxFaults: 0 };
    const records = 2 * short!.batches[0]!.length;
    const judged = verdict({}, { lab: { ...lab, workloads: [short!, long] } });
    expect(judged.bound).toMatchObject({ faults: 2, variations: 1, longer: [{ records, faults: 0 }] });
    const line = (locale: 'en' | 'ru'): string => renderText(judged.boundLine, locale, lab.words[locale]);
    expect(line('en')).toContain(`with up to 2 faults, 1 workload, and one of ${records} records without any fault.`);
    expect(line('ru')).toContain(`наборов данных: 1; ещё один, записей в нём ${records}, — без сбоев.`);
    const alike = verdict({}, { lab: { ...lab, workloads: [short!, long] }, faults: 0 });
    expect(alike.bound).toMatchObject({ faults: 0, variations: 2 });
    expect(alike.bound.longer).toBeUndefined();
  });
  it('shows the hardest execution that passed', () => {
    const hardest = { execution: parseExecution('v0:crash@effect#2.after'), rank: [1] };
    expect(verdict({ hardest }).shown?.executionCode).toBe('v0:crash@effect#2.after');
  });
  it('says that it goes on while it does, and names no rate without a time', () => {
    expect(verdict({}, { isOver: false }).boundLine.id).toBe('bound.running');
    expect(verdict({}, { elapsedMs: 0 }).cost.executionsPerSecond).toBe(0);
  });
  it('lists what is allowed without failing for it', () => {
    const allowed = verdict({ sightings: seen(['A10', 'v0:crash@effect#1.after'], ['A14', 'v0:-']) });
    expect(outcome(allowed)).toEqual(['pass', 'headline.pass', []]);
    expect(allowed.anomalies.map(({ id, rule }) => [id, rule])).toEqual([
      ['A9', 'witness'],
      ['A10', 'allowed'],
      ['A14', 'allowed'],
    ]);
  });
});

describe('what was not tried', () => {
  it('N2: a fault kind that never struck makes it inconclusive, unless none was asked for', () => {
    const coverage = { crash: 50, 'lost-answer': 40 };
    expect(outcome(verdict({ coverage }))).toEqual(['inconclusive', 'headline.N2', ['N2 fault-never-struck']]);
    expect(outcome(verdict({ coverage, sightings: new Map() }, { faults: 0 }))).toEqual(['pass', 'headline.pass', []]);
  });
  it('N2: so does a search that was too large', () => {
    expect(outcome(verdict({ isCapped: true }))).toEqual(['inconclusive', 'headline.N2', ['N2 search-too-large']]);
  });
  it('N3: so does a witness that was never seen', () => {
    const blind = verdict({ sightings: new Map() });
    expect(outcome(blind)).toEqual(['inconclusive', 'headline.N3', ['N3 witness-missing']]);
    expect(blind.witnesses).toEqual([{ id: 'A9', executions: 0 }]);
  });
  it('X1: so does a plan that did not strike as planned, named before N2 and N3', () => {
    const odd = verdict({ unfired: 4, coverage: {}, sightings: new Map() });
    expect(odd.status).toBe('inconclusive');
    expect(odd.anomalies.find(({ id }) => id === 'X1')).toMatchObject({ failing: true, count: 4 });
    expect(odd.headline.id).toBe('headline.X1');
  });
  it('does not matter where something is wrong', () => {
    const wrong = verdict({ coverage: {}, isCapped: true, unfired: 1, sightings: new Map([['A7', sighting('v0:-')]]) });
    expect(outcome(wrong)).toEqual(['fail', 'headline.A7', ['A7 lost-record']]);
  });
  it('N1: a program that does nothing is told so, and nothing else', () => {
    const idle = verdict({ vacuous: { delivered: 4, fabricated: 0 }, sightings: seen(['A7', 'v0:-']), unfired: 3 });
    expect([idle.status, idle.headline, idle.anomalies.map(({ id }) => id)]).toEqual([
      'inconclusive',
      { id: 'headline.N1', params: { delivered: 4, fabricated: 0, faults: 0 } },
      ['N1'],
    ]);
    expect(idle.boundLine.id).toBe('bound.vacuous');
  });
});

describe('what is named of several', () => {
  it('is what needs the fewest faults, whatever the order of the catalogue', () => {
    const named = verdict({ sightings: seen(['A7', 'v0:crash@effect#1.after'], ['L1', 'v0:-']) });
    expect(named.headline.id).toBe('headline.L1');
    expect(named.shown?.executionCode).toBe('v0:-');
  });
  it('is the first of the catalogue where they need equally many', () => {
    expect(verdict({ sightings: seen(['L1', 'v0:-'], ['A16', 'v0:-'], ['A7', 'v0:-']) }).headline.id).toBe(
      'headline.A7',
    );
  });
  it('N4 is found only in a lab that asks for it, and makes it inconclusive', () => {
    const sightings = seen(['N4', 'v0:-']);
    expect(outcome(verdict({ sightings }))).toEqual(['pass', 'headline.pass', []]);
    const asking = { ...lab, anomalies: { ...lab.anomalies, N4: 'forbidden' as const } };
    expect(outcome(verdict({ sightings }, { lab: asking }))).toEqual([
      'inconclusive',
      'headline.N4',
      ['N4 needless-loss'],
    ]);
  });
  it('L2 fails in every lab, and says of the program what is wrong with it', () => {
    const params = { error: 'TypeError: no', line: 7, origin: 'rejection' };
    const crashing = verdict({ sightings: new Map([['L2', sighting('v0:crash@effect#1.after', params)]]) });
    expect(crashing.diagnosis).toEqual({ kind: 'unhandled-rejection', message: 'TypeError: no', line: 7 });
    expect(crashing.anomalies[0]).toMatchObject({
      id: 'L2',
      failing: true,
      minFaults: 1,
      plan: ['crash@effect#1.after'],
    });
  });
  it.each([
    [{ error: "Error: Cannot find module 'x'", line: 1, origin: 'start' }, 'missing-module'],
    [{ error: 'non-error: 7', line: 0, origin: 'start' }, 'thrown-non-error'],
    [{ error: 'Error: no', line: 0, origin: 'start' }, 'top-level-throw'],
  ])('L2 tells %j apart', (params, kind) => {
    const { diagnosis } = verdict({ sightings: new Map([['L2', sighting('v0:crash@effect#1.after', params)]]) });
    expect(diagnosis).toEqual({ kind, message: params.error, ...(params.line > 0 ? { line: params.line } : {}) });
  });
  it('L1 says of a deadlock that a promise never settles, and of an endless turn where it is', () => {
    const stuckBy = (reason: string, stuck: SearchReport['stuck'] = null): Verdict['diagnosis'] =>
      verdict({ stuck, sightings: new Map([['L1', sighting('v0:crash@effect#1.after', { reason })]]) }).diagnosis;
    expect(stuckBy('deadlock')).toMatchObject({ kind: 'never-settles' });
    expect(diagnosisMessage(stuckBy('deadlock')!, 'ru')).toBe('программа ждёт промис, который никто не завершит');
    expect(stuckBy('endless-loop', { diagnosis: 'endless-loop', line: 4, incarnation: 1 })).toMatchObject({
      kind: 'endless-loop',
      line: 4,
    });
    expect(stuckBy('poison-loop')).toBeNull();
  });
  it('L1 says with how many faults it was found: without any, none are over', () => {
    const why = (code: string): Verdict['why'] =>
      verdict({ sightings: new Map([['L1', sighting(code, { reason: 'idle' })]]) }).why;
    expect(why('v0:-')).toMatchObject([{ id: 'why.L1', params: { faults: 0 } }]);
    expect(why('v0:crash@effect#1.after')).toMatchObject([{ id: 'why.L1', params: { faults: 1 } }]);
  });
  it('says that the search stopped early where it did', () => {
    const cut = verdict({ level: 1, sightings: seen(['A7', 'v0:crash@effect#1.before']) });
    expect(cut.boundLine).toMatchObject({ id: 'bound.cut', params: { level: 1 } });
    expect(verdict({ level: 2, sightings: seen(['A7', 'v0:crash@effect#1.before']) }).boundLine.id).toBe('bound.fail');
  });
});

describe('a program that does not do the same twice', () => {
  /** Ships in its very first life, and never again. */
  function fickle(): Program {
    const idle = programOf(lab, source.replace(/await ship\(.*\);/, ''));
    let starts = 0;
    return { ...program, start: (...given) => (starts++ === 0 ? program : idle).start(...given) };
  }

  it('X1: is inconclusive, and says which execution went two ways', () => {
    const odd = verdict({}, { program: fickle() });
    expect(outcome(odd)).toEqual(['inconclusive', 'headline.X1', ['X1 nondeterministic']]);
    expect(odd.headline.params).toMatchObject({ execution: 'v0:-' });
  });
  it('X1: comes after what the program is known to do wrong, though that needs more faults', () => {
    const wrong = verdict({ sightings: seen(['A7', 'v0:crash@effect#1.after']) }, { program: fickle() });
    expect([wrong.status, wrong.headline.id]).toEqual(['fail', 'headline.A7']);
    expect(wrong.anomalies.find(({ id }) => id === 'X1')).toMatchObject({ failing: true });
  });
});

describe('a file that cannot be run at all', () => {
  const of = (kind: Diagnosis['kind'], more: Partial<Diagnosis> = {}): Verdict =>
    diagnosisVerdict(lab, { kind, message: 'no', ...more }, { modelHash: 'm', engineVersion: 'e' }, 7).verdict;

  it.each([
    ['unavailable', 'inconclusive'],
    ['unsupported-syntax', 'inconclusive'],
    ['missing-module', 'inconclusive'],
    ['forbidden', 'inconclusive'],
    ['syntax-error', 'fail'],
    ['top-level-throw', 'fail'],
    ['endless-loop', 'fail'],
  ] as const)('for %s is %s: what labs lack is no failure of the program', (kind, status) => {
    const given = of(kind);
    expect(given.status).toBe(status);
    expect(given.anomalies.map(({ failing }) => failing)).toEqual(status === 'fail' ? [true] : []);
  });
  it('fails as crash-out, with the place, and a remedy unless the message says it all', () => {
    const failed = of('top-level-throw', { line: 3, column: 4 });
    const params = { message: 'no', line: 3, column: 4 };
    expect(failed).toMatchObject({
      status: 'fail',
      headline: { id: 'diagnosis.top-level-throw', params },
      boundLine: { id: 'bound.none' },
      bound: { faults: 0, kinds: [], variations: lab.workloads.length },
      explored: { executions: 0, failing: 0, byFaults: [], events: 0 },
      anomalies: [{ id: 'L2', name: 'crash-out', failing: true, minFaults: 0, plan: [] }],
      why: [{ id: 'remedy.top-level-throw', params }],
      witnesses: [],
      story: [],
      shown: null,
      cost: { elapsedMs: 7, executionsPerSecond: 0 },
    });
    expect(of('syntax-error').headline.params).toEqual({ message: 'no', line: 0, column: 0 });
    for (const kind of ['syntax-error', 'unsupported-syntax', 'missing-module', 'forbidden'] as const)
      expect(of(kind).why).toEqual([]);
  });
  it.each([
    'endless-loop',
    'endless-microtasks',
    'never-settles',
    'out-of-memory',
    'not-responding',
    'output-flood',
  ] as const)('L1: is stuck where it is %s', (kind) => {
    expect(of(kind).anomalies).toMatchObject([{ id: 'L1', name: 'stuck' }]);
  });
});
