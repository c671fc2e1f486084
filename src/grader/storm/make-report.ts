/** Makes the report of a storm: what was drawn, what it showed, and the smallest failure as a story. */
import { ANOMALIES } from '../anomalies';
import type { Lab } from '../lab';
import { missingInLabs } from '../missing-in-labs';
import { printExecution, printFault } from '../plan';
import type { Program } from '../program';
import { record, type Replayed } from '../replay';
import { storyOf } from '../story';
import type { AnomalyId, Text, TextParams, VerdictStatus } from '../verdict';
import { KAFKA_VERSION } from '../versions';
import type { StormFailure, StormReport, StormResult } from './storm-report';
import type { StormCase, StormOptions, StormTally } from './storm-state';
import { idsOf, workloadOf } from './workload';

export interface StormEnd {
  readonly lab: Lab;
  readonly program: Program;
  readonly options: StormOptions;
  readonly tally: StormTally;
  readonly failure: StormCase | null;
  readonly bound: number;
  readonly elapsedMs: number;
}

export function makeReport(end: StormEnd): StormResult {
  const { lab, options, tally, failure } = end;
  const shown = failure === null ? null : told(end, failure);
  const report: StormReport = {
    schema: 1,
    kind: 'storm',
    lab: lab.id,
    engineVersion: options.engineVersion,
    kafkaVersion: KAFKA_VERSION,
    modelHash: options.modelHash,
    client: 'confluent',
    status: statusOf(end, shown),
    headline: shown?.headline ?? unproven(end) ?? { id: 'storm.headline.pass', params: {} },
    boundLine: boundLine(end, shown),
    seed: options.seed,
    runs: { asked: options.runs, done: tally.done, failing: tally.failing },
    executions: tally.executions,
    most: tally.most,
    coverage: tally.coverage,
    anomalies: ANOMALIES.filter(({ id }) => tally.sightings.has(id)).map(({ id, name }) => ({
      id,
      name,
      rule: lab.anomalies[id] ?? (id === 'L2' ? 'forbidden' : 'allowed'),
      failing: shown?.isBeyondLabs !== true && isFailing(lab, id),
      runs: tally.sightings.get(id)!,
    })),
    failure: shown?.failure ?? null,
    story: shown?.story ?? [],
    why: shown?.why ?? [],
    cost: { elapsedMs: end.elapsedMs },
  };
  return { report, recording: shown?.replayed.recording ?? null };
}

function isFailing(lab: Lab, id: AnomalyId): boolean {
  return id === 'L2' || lab.anomalies[id] === 'forbidden';
}

interface Told {
  readonly replayed: Replayed;
  readonly isRepeatable: boolean;
  /** Labs lack what the program ended with, so this tells nothing of it (`missing-in-labs.ts`). */
  readonly isBeyondLabs: boolean;
  readonly headline: Text;
  readonly why: readonly Text[];
  readonly story: StormReport['story'];
  readonly failure: StormFailure;
}

function told(end: StormEnd, { seed, found, foundRecords, id, smallest, attempts, isFewest }: StormCase): Told {
  const { lab, program } = end;
  const replayed = record(lab, program, smallest, id);
  const again = record(lab, program, smallest, id);
  const { recording, outcome } = replayed;
  const { name, check } = ANOMALIES.find((anomaly) => anomaly.id === id)!;
  const instance = check(outcome);
  const params: TextParams = { ...instance?.params, faults: smallest.plan.length };
  const isRepeatable = instance !== null && recording.traceHash === again.recording.traceHash;
  const missing = isRepeatable ? missingInLabs(recording, id, smallest.plan.length) : null;
  return {
    replayed,
    isRepeatable,
    isBeyondLabs: missing !== null,
    ...(missing === null
      ? {
          headline: { id: `headline.${isRepeatable ? id : 'X1'}`, params },
          why: [{ id: `why.${isRepeatable ? id : 'X1'}`, params }],
        }
      : {
          headline: { id: 'diagnosis.unavailable', params: { what: missing.what, line: missing.line ?? 0 } },
          why: [{ id: 'remedy.unavailable', params: { instead: missing.instead } }],
        }),
    story: storyOf(recording, instance === null ? null : { id, ...instance }),
    failure: {
      anomaly: id,
      name,
      record: instance?.record ?? null,
      seed,
      found: { executionCode: printExecution(found), faults: found.plan.length, records: foundRecords },
      minimal: {
        executionCode: recording.executionCode,
        traceHash: recording.traceHash,
        plan: smallest.plan.map(printFault),
        records: idsOf(workloadOf(lab, smallest)!),
      },
      attempts,
      isFewest,
    },
  };
}

/**
 * Inconclusive: the same plan went two ways (X1), labs lack what the program asks for, no fault ever struck, a run did not
 * come to its end, or what the lab has to show was not seen.
 */
function statusOf(end: StormEnd, shown: Told | null): VerdictStatus {
  if (shown !== null) return shown.isRepeatable && !shown.isBeyondLabs ? 'fail' : 'inconclusive';
  return unproven(end) === null ? 'pass' : 'inconclusive';
}

/** Why a storm in which nothing failed says nothing; null when it does. */
function unproven({ lab, tally, bound }: StormEnd): Text | null {
  if (tally.endless > 0) return { id: 'storm.headline.endless', params: { endless: tally.endless } };
  if (bound === 0) return null;
  if (Object.keys(tally.coverage).length === 0) return { id: 'storm.headline.calm', params: {} };
  const unseen = Object.entries(lab.anomalies).find(
    ([id, rule]) => rule === 'witness' && !tally.sightings.has(id as AnomalyId),
  );
  return unseen === undefined ? null : { id: 'storm.headline.unseen', params: { anomaly: unseen[0] } };
}

function boundLine({ tally, bound, options }: StormEnd, shown: Told | null): Text {
  const { most, done, failing, executions } = tally;
  const params = {
    runs: done,
    failing,
    executions,
    faults: most.faults,
    records: most.records,
    partitions: most.partitions,
    bound,
    first: options.seed,
  };
  const isBroken = failing > 0 && shown?.isBeyondLabs !== true;
  return { id: isBroken ? 'storm.bound.fail' : 'storm.bound.pass', params };
}
