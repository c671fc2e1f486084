import type { AnomalyFinding, Verdict } from '../../grader/verdict';

/**
 * What fails the lab: what was seen in an execution, and what is said of the search as a whole (N1, N2, N3, X1). A program
 * that could not be run has a finding of neither kind.
 */
export function failingFindings(verdict: Verdict): readonly AnomalyFinding[] {
  return verdict.anomalies.filter((finding) => finding.failing && (finding.count > 0 || /^[NX]/.test(finding.id)));
}
