import type { AnomalyFinding, Verdict } from '../../grader/verdict';

/** What fails the lab and was seen in an execution; a program that could not be run has a finding without any. */
export function failingFindings(verdict: Verdict): readonly AnomalyFinding[] {
  return verdict.anomalies.filter((finding) => finding.failing && finding.count > 0);
}
