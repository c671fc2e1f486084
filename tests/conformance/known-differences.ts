/**
 * Where the model prints something else than a real cluster did, on purpose, and what is not recorded. Shown on the page about
 * fidelity; every entry has a reason, and one that is no longer needed fails the test.
 */
import type { ClientLetter } from '../../src/scenarios/language/scenario';

export interface KnownDifference {
  /** The scenario's file without its ending. */
  readonly scenario: string;
  readonly letter: ClientLetter;
  readonly reason: { readonly en: string; readonly ru: string };
}

/** The model prints something else. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];

/** No outcome of a real cluster is there. */
export const NOT_RECORDED: readonly KnownDifference[] = [];
