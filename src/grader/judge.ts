/** Makes the verdict of a search: which anomaly is named, what was explored, and the execution that shows it. */
import { ANOMALIES, nothingDone } from './anomalies';
import type { Lab } from './lab';
import { missingInLabs, type MissingInLabs } from './missing-in-labs';
import { printExecution, printFault, type Execution } from './plan';
import type { Program } from './program';
import { record } from './replay';
import type { SearchReport } from './search-report';
import { sizeOf } from './storm/workload';
import { storyOf } from './story';
import type { Sighting } from './tally';
import {
  isBeyondLabs,
  type AnomalyFinding,
  type AnomalyId,
  type Diagnosis,
  type GradeResult,
  type Text,
  type TextParams,
  type Verdict,
  type VerdictStatus,
} from './verdict';
import { KAFKA_VERSION } from './versions';

export interface JudgeOptions {
  readonly modelHash: string;
  readonly engineVersion: string;
}

export interface Judgement {
  readonly lab: Lab;
  readonly program: Program;
  readonly options: JudgeOptions;
  readonly faults: number;
  readonly naive: boolean;
  readonly report: SearchReport;
  /** False for a preview: the search goes on. */
  readonly isOver: boolean;
  readonly elapsedMs: number;
}

/** An anomaly of the search as a whole. */
interface Finding {
  readonly id: AnomalyId;
  readonly name: string;
  readonly execution: Execution;
  readonly record: string | null;
  readonly params: TextParams;
  readonly sighting: Sighting | null;
}

export function judge(judgement: Judgement): GradeResult {
  const findings = allFindings(judgement);
  const failing = findings.filter(({ id }) => isFailing(judgement.lab, id));
  const named = failing.sort(byWeight)[0] ?? null;
  const shown = named?.execution ?? judgement.report.hardest?.execution ?? judgement.report.faultFree;
  const { recording } = record(judgement.lab, judgement.program, shown, named?.id);
  const missing = named === null ? null : missingInLabs(recording, named.id, named.execution.plan.length);
  const diagnosis = diagnosisOf(judgement, named, missing);
  const isJudged = !isBeyondLabs(diagnosis);
  const status = isJudged ? statusOf(named) : 'inconclusive';
  const verdict: Verdict = {
    ...frame(judgement.lab, judgement.options),
    status,
    headline: headline(named, missing, diagnosis),
    boundLine: boundLine(judgement, status, named, isJudged),
    bound: {
      faults: judgement.faults,
      kinds: judgement.faults === 0 ? [] : judgement.lab.faults.kinds,
      ...workloadsOf(judgement.lab, judgement.faults),
      search: judgement.naive ? 'naive' : 'reduced',
    },
    explored: {
      executions: judgement.report.executions,
      failing: isJudged ? judgement.report.failing : 0,
      byFaults: judgement.report.byFaults,
      events: judgement.report.events,
    },
    coverage: judgement.report.coverage,
    witnesses: witnesses(judgement),
    anomalies: findings.map((finding) => describe(judgement, finding, isJudged)),
    diagnosis,
    story: storyOf(recording, named),
    why: whyOf(named, missing, diagnosis),
    shown: { executionCode: recording.executionCode, traceHash: recording.traceHash },
    cost: {
      elapsedMs: judgement.elapsedMs,
      executionsPerSecond:
        judgement.elapsedMs > 0 ? Math.round((judgement.report.executions * 1000) / judgement.elapsedMs) : 0,
    },
  };
  return { verdict, recording };
}

function statusOf(named: Finding | null): VerdictStatus {
  if (named === null) return 'pass';
  return named.id.startsWith('N') || named.id === 'X1' ? 'inconclusive' : 'fail';
}

/** Of these the message is all there is to say. */
const SAYS_IT_ALL: ReadonlySet<Diagnosis['kind']> = new Set([
  'syntax-error',
  'unsupported-syntax',
  'missing-module',
  'forbidden',
]);

/**
 * The verdict on a file that could not be run at all: it does not compile, it brought the sandbox down, or labs lack what
 * it is written in.
 */
export function diagnosisVerdict(lab: Lab, diagnosis: Diagnosis, options: JudgeOptions, elapsedMs = 0): GradeResult {
  const isJudged = !isBeyondLabs(diagnosis);
  const params = { message: diagnosis.message, line: diagnosis.line ?? 0, column: diagnosis.column ?? 0 };
  const verdict: Verdict = {
    ...frame(lab, options),
    status: isJudged ? 'fail' : 'inconclusive',
    headline: { id: `diagnosis.${diagnosis.kind}`, params },
    boundLine: { id: 'bound.none', params: {} },
    bound: { faults: 0, kinds: [], ...workloadsOf(lab, 0), search: 'reduced' },
    explored: { executions: 0, failing: 0, byFaults: [], events: 0 },
    coverage: {},
    witnesses: [],
    anomalies: isJudged ? [neverRun(diagnosis)] : [],
    diagnosis,
    story: [],
    why: SAYS_IT_ALL.has(diagnosis.kind) ? [] : [{ id: `remedy.${diagnosis.kind}`, params }],
    shown: null,
    cost: { elapsedMs, executionsPerSecond: 0 },
  };
  return { verdict, recording: null };
}

/** What a file that could not be run counts as. */
function neverRun({ kind }: Diagnosis): AnomalyFinding {
  const isStuck = [
    'endless-loop',
    'endless-microtasks',
    'never-settles',
    'out-of-memory',
    'not-responding',
    'output-flood',
  ].includes(kind);
  return {
    id: isStuck ? 'L1' : 'L2',
    name: isStuck ? 'stuck' : 'crash-out',
    rule: 'forbidden',
    failing: true,
    count: 0,
    minFaults: 0,
    plan: [],
    executionCode: 'v0:-',
    traceHash: '',
    record: null,
    byFault: {},
  };
}

function frame(
  lab: Lab,
  options: JudgeOptions,
): Pick<Verdict, 'schema' | 'lab' | 'engineVersion' | 'kafkaVersion' | 'modelHash' | 'client'> {
  return {
    schema: 1,
    lab: lab.id,
    engineVersion: options.engineVersion,
    kafkaVersion: KAFKA_VERSION,
    modelHash: options.modelHash,
    client: 'confluent',
  };
}

/** Everything that was found, the search's own anomalies (N*, X1) included. */
function allFindings(judgement: Judgement): Finding[] {
  const { lab, report } = judgement;
  if (report.vacuous !== null) {
    return [
      {
        id: 'N1',
        name: nothingDone.name,
        execution: report.faultFree,
        record: null,
        params: report.vacuous,
        sighting: null,
      },
    ];
  }
  const findings: Finding[] = [];
  for (const { id, name } of ANOMALIES) {
    const sighting = report.sightings.get(id);
    // Where losing is forbidden, A1 and A7 say it better.
    if (sighting === undefined || (id === 'N4' && lab.anomalies[id] === undefined)) continue;
    const { execution, instance } = sighting.example;
    findings.push({ id, name, execution, record: instance.record, params: instance.params, sighting });
  }
  const nondeterministic = firstNondeterministic(judgement, findings);
  if (nondeterministic !== null)
    findings.push(
      searchFinding('X1', 'nondeterministic', { execution: printExecution(nondeterministic) }, nondeterministic),
    );
  const isBad = findings.some(({ id }) => isFailing(lab, id));
  // What was not tried matters only where nothing else is wrong.
  if (!isBad) findings.push(...missing(lab, judgement));
  return findings;
}

/** N2: a fault kind that never struck. N3: a witness that the lab requires and that was never seen. */
function missing(lab: Lab, { faults, report }: Judgement): Finding[] {
  const findings: Finding[] = [];
  if (report.isCapped)
    findings.push(searchFinding('N2', 'search-too-large', { fault: '', executions: report.executions }));
  if (faults > 0) {
    for (const kind of lab.faults.kinds) {
      if (!(kind in report.coverage)) findings.push(searchFinding('N2', 'fault-never-struck', { fault: kind }));
    }
    for (const [id, rule] of Object.entries(lab.anomalies)) {
      if (rule === 'witness' && !report.sightings.has(id as AnomalyId))
        findings.push(searchFinding('N3', 'witness-missing', { anomaly: id }));
    }
  }
  if (report.unfired > 0)
    findings.push(searchFinding('X1', 'nondeterministic', { execution: '', count: report.unfired }));
  return findings;
}

function searchFinding(
  id: AnomalyId,
  name: string,
  params: TextParams,
  execution: Execution = { variation: 0, plan: [] },
): Finding {
  return { id, name, execution, record: null, params, sighting: null };
}

/** X1: the fault-free execution and every example are run twice more; their traces have to be equal. */
function firstNondeterministic({ lab, program, report }: Judgement, findings: readonly Finding[]): Execution | null {
  const executions = [report.faultFree, ...findings.map(({ execution }) => execution)];
  for (const execution of executions) {
    const first = record(lab, program, execution);
    const second = record(lab, program, execution);
    if (first.recording.traceHash !== second.recording.traceHash) return execution;
  }
  return null;
}

function isFailing(lab: Lab, id: AnomalyId): boolean {
  return id === 'L2' || id === 'X1' || id.startsWith('N') || lab.anomalies[id] === 'forbidden';
}

/** Which of several failing findings is named: what makes the rest meaningless, then fewest faults, then the catalogue's order. */
function byWeight(a: Finding, b: Finding): number {
  // The catalogue's order, and what is found of the whole search around it.
  const order: readonly AnomalyId[] = ['N1', ...ANOMALIES.map(({ id }) => id), 'X1', 'N4', 'N2', 'N3'];
  const group = ({ id }: Finding): number => (id === 'N1' ? 0 : id === 'X1' || id.startsWith('N') ? 2 : 1);
  return (
    group(a) - group(b) ||
    a.execution.plan.length - b.execution.plan.length ||
    order.indexOf(a.id) - order.indexOf(b.id)
  );
}

function describe({ lab, program, report }: Judgement, finding: Finding, isJudged: boolean): AnomalyFinding {
  const { id, name, execution, record: id2, sighting } = finding;
  const { recording } = record(lab, program, execution, id);
  return {
    id,
    name,
    rule: lab.anomalies[id] ?? (isFailing(lab, id) ? 'forbidden' : 'allowed'),
    failing: isJudged && isFailing(lab, id),
    count: sighting?.count ?? (id === 'X1' ? report.unfired : 0),
    minFaults: execution.plan.length,
    plan: execution.plan.map(printFault),
    executionCode: recording.executionCode,
    traceHash: recording.traceHash,
    record: id2,
    byFault: sighting?.byFault ?? {},
  };
}

function witnesses({ lab, report }: Judgement): Verdict['witnesses'] {
  return Object.entries(lab.anomalies)
    .filter(([, rule]) => rule === 'witness')
    .map(([id]) => ({ id, executions: report.sightings.get(id as AnomalyId)?.count ?? 0 }));
}

function whyOf(named: Finding | null, missing: MissingInLabs | null, diagnosis: Diagnosis | null): Text[] {
  if (missing !== null) return [{ id: 'remedy.unavailable', params: { instead: missing.instead } }];
  if (named === null || isBeyondLabs(diagnosis)) return [];
  const why = { id: `why.${named.id}`, params: { ...named.params, faults: named.execution.plan.length } };
  const isRefused = named.id === 'L2' && String(named.params['error']).includes('Connection refused');
  return isRefused ? [why, { id: 'remedy.connection-refused', params: {} }] : [why];
}

function headline(named: Finding | null, missing: MissingInLabs | null, diagnosis: Diagnosis | null): Text {
  if (missing !== null) return { id: 'diagnosis.unavailable', params: { what: missing.what, line: missing.line ?? 0 } };
  if (diagnosis !== null && isBeyondLabs(diagnosis))
    return { id: `diagnosis.${diagnosis.kind}`, params: { message: diagnosis.message, line: diagnosis.line ?? 0 } };
  if (named === null) return { id: 'headline.pass', params: {} };
  return { id: `headline.${named.id}`, params: { ...named.params, faults: named.execution.plan.length } };
}

/** How many workloads are tried up to the bound, and which are tried with fewer faults. */
function workloadsOf({ workloads }: Lab, faults: number): Pick<Verdict['bound'], 'variations' | 'longer'> {
  const longer = workloads
    .filter(({ maxFaults = faults }) => maxFaults < faults)
    .map((workload) => ({ records: sizeOf(workload), faults: workload.maxFaults! }));
  return { variations: workloads.length - longer.length, ...(longer.length > 0 && { longer }) };
}

function boundLine(
  { faults, report, lab, isOver }: Judgement,
  status: VerdictStatus,
  named: Finding | null,
  isJudged: boolean,
): Text {
  const { variations, longer: [longer] = [] } = workloadsOf(lab, faults);
  const params = {
    executions: report.executions,
    failing: report.failing,
    faults,
    variations,
    ...(longer !== undefined && { longerRecords: longer.records, longerFaults: longer.faults }),
  };
  if (named?.id === 'N1') return { id: 'bound.vacuous', params };
  if (!isJudged) return { id: 'bound.not-judged', params };
  if (!isOver) return { id: 'bound.running', params };
  if (status === 'fail' && report.level < faults)
    return { id: 'bound.cut', params: { ...params, level: report.level } };
  return { id: `bound.${status}`, params };
}

/** What is wrong with the program as such, read off the execution that is shown. */
function diagnosisOf({ report }: Judgement, named: Finding | null, missing: MissingInLabs | null): Diagnosis | null {
  if (missing !== null) {
    const { message, line } = missing;
    return { kind: 'unavailable', message, ...(line === null ? {} : { line }) };
  }
  if (named === null) return null;
  if (named.id === 'L2') return crashDiagnosis(named.params);
  if (named.id !== 'L1') return null;
  const { reason } = named.params;
  if (reason === 'deadlock')
    return { kind: 'never-settles', message: 'a promise that the program waits for is never settled' };
  if (reason !== 'endless-loop' || report.stuck === null) return null;
  const { diagnosis, line } = report.stuck;
  return { kind: diagnosis, message: diagnosis, ...(line > 0 ? { line } : {}) };
}

function crashDiagnosis({ error, line, origin }: TextParams): Diagnosis {
  const message = String(error);
  return { kind: crashKind(message, origin), message, ...(typeof line === 'number' && line > 0 ? { line } : {}) };
}

function crashKind(message: string, origin: TextParams[string] | undefined): Diagnosis['kind'] {
  if (/^(?:Error: )?Cannot find module '/.test(message)) return 'missing-module';
  if (message.startsWith('non-error')) return 'thrown-non-error';
  return origin === 'rejection' ? 'unhandled-rejection' : 'top-level-throw';
}
