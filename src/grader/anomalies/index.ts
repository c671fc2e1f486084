/**
 * The anomaly catalogue in the order in which a verdict names them when several need equally few faults: first what makes
 * the rest meaningless, then loss, then repetition, then what merely gets stuck.
 *
 * N2 (a fault that never struck), N3 (a required witness that was never seen) and X1 (the same plan, another trace) are
 * about the whole search and are found in `judge.ts`.
 */
import type { Anomaly } from './anomaly';
import { abortedRead } from './aborted-read';
import { circularInformationFlow } from './circular-information-flow';
import { commitBeyondPosition } from './commit-beyond-position';
import { crashOut } from './crash-out';
import { divergentOffset } from './divergent-offset';
import { duplicateAppend } from './duplicate-append';
import { duplicateDelivery } from './duplicate-delivery';
import { duplicateEffect } from './duplicate-effect';
import { interleavedWrites } from './interleaved-writes';
import { lostAppend } from './lost-append';
import { lostRecord } from './lost-record';
import { misattributedEnd } from './misattributed-end';
import { needlessLoss } from './needless-loss';
import { offByOneCommit } from './off-by-one-commit';
import { offsetOutputSplit } from './offset-output-split';
import { offsetRegression } from './offset-regression';
import { outboxSplit } from './outbox-split';
import { poisonMisrouted } from './poison-misrouted';
import { pollSkip } from './poll-skip';
import { precommittedRead } from './precommitted-read';
import { prematureCommit } from './premature-commit';
import { reorderedAppend } from './reordered-append';
import { resetSkip } from './reset-skip';
import { staleOverwrite } from './stale-overwrite';
import { stuck } from './stuck';
import { tornTransaction } from './torn-transaction';
import { unseen } from './unseen';
import { vanishedRead } from './vanished-read';
import { wrongFold } from './wrong-fold';
import { zombieCommit } from './zombie-commit';
import { zombieWrite } from './zombie-write';

/** Checked on every execution. */
export const ANOMALIES: readonly Anomaly[] = [
  crashOut,
  divergentOffset,
  vanishedRead,
  lostAppend,
  unseen,
  lostRecord,
  resetSkip,
  poisonMisrouted,
  abortedRead,
  precommittedRead,
  tornTransaction,
  offsetOutputSplit,
  outboxSplit,
  misattributedEnd,
  circularInformationFlow,
  duplicateAppend,
  wrongFold,
  staleOverwrite,
  duplicateEffect,
  duplicateDelivery,
  reorderedAppend,
  zombieCommit,
  zombieWrite,
  commitBeyondPosition,
  offByOneCommit,
  offsetRegression,
  pollSkip,
  prematureCommit,
  interleavedWrites,
  stuck,
  needlessLoss,
];

export { nothingDone } from './nothing-done';
