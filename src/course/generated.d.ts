/**
 * Modules that `plugins/course` generates at build time from the folders under `labs/` and `experiments/`. The page imports them like any
 * other module; what they hold is made from the lab's own files, never written by hand.
 */

/** What there is of each lab, a chunk each: a page brings the labs that it shows and no other. */
declare module '@course/labs' {
  export interface LabCard {
    readonly id: string;
    readonly lesson: string;
    readonly minutes: number;
    /** Name of the program's process and lane; also the editor's file name with `.ts`. */
    readonly process: string;
    readonly faultKinds: readonly import('../grader/verdict').FaultKind[];
    readonly faultsMax: number;
    /** SQLite has to be loaded to grade it. */
    readonly hasDatabase: boolean;
    readonly anomalies: Readonly<
      Partial<Record<import('../grader/verdict').AnomalyId, import('../grader/verdict').AnomalyRule>>
    >;
    /** What its graders look for, in the order in which a verdict prefers it. */
    readonly sought: readonly SoughtAnomaly[];
    /** The text of `starter.ts`. */
    readonly starter: string;
    /** Read-only modules beside the program. */
    readonly inputs: readonly { readonly name: string; readonly text: string }[];
    readonly words: {
      readonly en: import('../grader/lab').LabWords;
      readonly ru: import('../grader/lab').LabWords;
    };
  }
  export interface SoughtAnomaly {
    readonly id: import('../grader/verdict').AnomalyId;
    /** The same in every language, e.g. `lost-record`. */
    readonly name: string;
    readonly rule: import('../grader/verdict').AnomalyRule;
  }
  /** By anomaly, from vague to plain. */
  export type Hints = Readonly<Partial<Record<import('../grader/verdict').AnomalyId, readonly string[]>>>;
  /** What a learner may ask for after a run. */
  export interface LabAnswers {
    readonly hints: { readonly en: Hints; readonly ru: Hints };
    /** Why the solution is right; paragraphs are separated by an empty line. */
    readonly explanation: { readonly en: string; readonly ru: string };
    /** The text of `solution.ts`. */
    readonly solution: string;
  }
  /** An execution that lessons show, recorded when the site is built. */
  export interface NamedRunData {
    readonly lab: string;
    /** File of the lab's folder without ending, e.g. `starter`. */
    readonly version: string;
    /** The text of that file. */
    readonly source: string;
    readonly recording: import('../simulation/trace').Recording;
  }
  type Loader<T> = () => Promise<{ readonly default: T }>;
  export interface LabModules {
    readonly card: Loader<LabCard>;
    /** `text.<locale>.mdx` of the locale being built; renders on the server too. */
    readonly text: Loader<import('react').ComponentType>;
    readonly answers: Loader<LabAnswers>;
    /** By name, as in `<Run lab="first-run" name="dropped-reading" />`. */
    readonly runs: Readonly<Record<string, Loader<NamedRunData>>>;
  }
  /** By lab id. */
  export const labs: Readonly<Record<string, LabModules>>;
}

/** The experiments of lessons, with every combination of their switches recorded when the site was built. */
declare module '@course/experiments' {
  export interface ExperimentData {
    readonly id: string;
    /** Name of the program's process; its file with `.ts`. */
    readonly process: string;
    readonly words: {
      readonly en: import('../grader/lab').LabWords;
      readonly ru: import('../grader/lab').LabWords;
    };
    readonly switches: readonly import('./define-experiment').ExperimentSwitch[];
    /** Texts of programs by name. */
    readonly programs: Readonly<Record<string, string>>;
    readonly recordings: Readonly<Record<string, import('../simulation/trace').Recording>>;
    /** By `variantKey`. */
    readonly variants: Readonly<
      Record<
        string,
        {
          readonly program: string;
          readonly recording: string;
          readonly outcome: import('./define-experiment').BothLanguages;
        }
      >
    >;
  }
  /** By id. */
  export const experiments: Readonly<Record<string, () => Promise<{ readonly default: ExperimentData }>>>;
}

/** The engine bundle as text, posted into the sandbox. Large: import it only from the lab's lazily loaded chunk. */
declare module '@course/engine' {
  const code: string;
  export default code;
  /** Hash of `code`. */
  export const hash: string;
}

/** The declarations of the client that the learner's program imports, as text for the editor. */
declare module '@course/client-types' {
  const text: string;
  export default text;
}

/** The database script as text, posted into the sandbox of labs that have a database. Import it lazily. */
declare module '@course/database' {
  const code: string;
  export default code;
}
