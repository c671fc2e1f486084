/** A scenario that cannot be read or carried out: where, what was found, what to do. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/**
 * A command that this driver does not know how to carry out yet. The runner reports the row as not runnable, with this
 * reason; it never counts as passed and never disappears from the table.
 */
export class NotYetRunnable extends Error {
  override readonly name = 'NotYetRunnable';
}
