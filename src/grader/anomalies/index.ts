/**
 * The anomaly catalogue in the order in which a verdict names them when several need equally few faults: first what makes
 * the rest meaningless, then loss, then repetition, then what merely gets stuck.
 *
 * N2 (a fault that never struck), N3 (a required witness that was never seen) and X1 (the same plan, another trace) are
 * about the whole search and are found in `judge.ts`.
 */
import type { Anomaly } from './anomaly';
import { crashOut } from './crash-out';
import { duplicateAppend } from './duplicate-append';
import { duplicateDelivery } from './duplicate-delivery';
import { duplicateEffect } from './duplicate-effect';
import { lostAppend } from './lost-append';
import { lostRecord } from './lost-record';
import { needlessLoss } from './needless-loss';
import { offByOneCommit } from './off-by-one-commit';
import { stuck } from './stuck';

/** Checked on every execution. */
export const ANOMALIES: readonly Anomaly[] = [
  crashOut,
  lostAppend,
  lostRecord,
  needlessLoss,
  duplicateAppend,
  duplicateEffect,
  duplicateDelivery,
  offByOneCommit,
  stuck,
];

export { nothingDone } from './nothing-done';
