/** A fault of the model or of a checker, one line long, and the test that has to notice it. */
export interface Mutant {
  /** Short and stable, e.g. `high-watermark-off-by-one`. */
  readonly id: string;
  /** Rule of the model, or anomaly, that it breaks; the title of a failing test has to name it. */
  readonly rule: string;
  /** File of `src/`. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** Test files to run, or folders of them. */
  readonly tests: readonly string[];
}
