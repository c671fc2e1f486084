/** The table "what was looked for × which fault was in it" as numbers. */
import type { SoughtAnomaly } from '@course/labs';
import { isNotJudged, type AnomalyFinding, type AnomalyId, type FaultKind, type Verdict } from '../../grader/verdict';

export interface HeatColumn {
  readonly kind: FaultKind | 'none';
  /** Executions in which a fault of the kind struck; 0: it was never tried. */
  readonly tried: number;
}

export interface HeatCell {
  /** Executions with this anomaly and this fault; null where the fault was never tried, so that nothing is known. */
  readonly count: number | null;
  /** `count` as a share of what was tried, 0 to 1. */
  readonly share: number;
}

export interface HeatRow {
  readonly id: AnomalyId;
  readonly name: string;
  readonly isFailing: boolean;
  readonly cells: readonly HeatCell[];
  readonly total: number;
}

/**
 * What was found and what the lab forbids and was not found; nothing of a program that could not be judged.
 * @param sought what the lab's graders look for, in the order in which it is listed
 */
export function heatMap(
  verdict: Verdict,
  sought: readonly SoughtAnomaly[],
): { readonly columns: readonly HeatColumn[]; readonly rows: readonly HeatRow[] } {
  if (verdict.explored.executions === 0 || isNotJudged(verdict)) return { columns: [], rows: [] };
  const columns = columnsOf(verdict);
  const found = verdict.anomalies.filter(({ count }) => count > 0);
  const missed = sought.filter(({ id, rule }) => rule === 'forbidden' && !found.some((finding) => finding.id === id));
  const rows = [
    ...found.filter(({ failing }) => failing).map((finding) => rowOf(finding, columns)),
    ...missed.map((anomaly) => rowOf({ ...anomaly, failing: false, count: 0, byFault: {} }, columns)),
    ...found.filter(({ failing }) => !failing).map((finding) => rowOf(finding, columns)),
  ];
  return { columns, rows };
}

function columnsOf({ bound, coverage, explored }: Verdict): readonly HeatColumn[] {
  return [
    { kind: 'none', tried: explored.byFaults[0] ?? 0 },
    ...bound.kinds.map((kind) => ({ kind, tried: coverage[kind] ?? 0 })),
  ];
}

function rowOf(
  { id, name, failing, count, byFault }: Pick<AnomalyFinding, 'id' | 'name' | 'failing' | 'count' | 'byFault'>,
  columns: readonly HeatColumn[],
): HeatRow {
  const cells = columns.map(({ kind, tried }) => {
    const times = byFault[kind] ?? 0;
    return tried === 0 && times === 0
      ? { count: null, share: 0 }
      : { count: times, share: Math.min(1, times / Math.max(tried, 1)) };
  });
  return { id, name, isFailing: failing, cells, total: count };
}
