/** What the engine has measured when the site was built; made by `plugins/comparison`, never written by hand. */
declare module '@course/comparison' {
  export interface ComparisonRow {
    /** Executions tried, and the most faults in one. */
    readonly executions: number;
    readonly faults: number;
    /** Executions that lose a record, and those that repeat one. */
    readonly lost: number;
    readonly repeated: number;
    /** Virtual milliseconds from one record to the next without faults. */
    readonly msPerRecord: number;
  }
  /** By row, as named in `plugins/comparison/rows.ts`. */
  export const comparison: Readonly<Record<string, ComparisonRow>>;
}
