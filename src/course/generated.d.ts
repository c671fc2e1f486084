/**
 * Modules that `plugins/course` generates at build time from the folders under `labs/`. The page imports them like any
 * other module; what they hold is made from the lab's own files, never written by hand.
 */

/** What a page shows of a lab before its engine is loaded: small, so that lessons may import it. */
declare module '@course/labs' {
  export interface LabCard {
    readonly id: string;
    readonly lesson: string;
    readonly minutes: number;
    /** Name of the program's process and lane; also the editor's file name with `.ts`. */
    readonly process: string;
    readonly faultKinds: readonly import('../grader/verdict').FaultKind[];
    readonly faultsMax: number;
    readonly anomalies: Readonly<
      Partial<Record<import('../grader/verdict').AnomalyId, import('../grader/verdict').AnomalyRule>>
    >;
    /** The text of `starter.ts`. */
    readonly starter: string;
    /** The text of `solution.ts`. */
    readonly solution: string;
    readonly words: {
      readonly en: import('../grader/lab').LabWords;
      readonly ru: import('../grader/lab').LabWords;
    };
  }
  /** By lab id. */
  export const labs: Readonly<Record<string, LabCard>>;
}

/** What a learner may ask for after a run. Import it lazily: no page needs it to be shown. */
declare module '@course/lab-answers' {
  /** By anomaly, from vague to plain. */
  export type Hints = Readonly<Partial<Record<import('../grader/verdict').AnomalyId, readonly string[]>>>;
  export interface LabAnswers {
    readonly hints: { readonly en: Hints; readonly ru: Hints };
    /** Why the solution is right; paragraphs are separated by an empty line. */
    readonly explanation: { readonly en: string; readonly ru: string };
  }
  /** By lab id. */
  export const answers: Readonly<Record<string, LabAnswers>>;
}

/** The engine bundle as text, posted into the sandbox. Large: import it only from the lab's lazily loaded chunk. */
declare module '@course/engine' {
  const code: string;
  export default code;
  /** Hash of `code`. */
  export const hash: string;
}

/** Executions that lessons show, recorded when the site is built. */
declare module '@course/runs' {
  export interface NamedRunData {
    readonly lab: string;
    /** File of the lab's folder without ending, e.g. `starter`. */
    readonly version: string;
    /** The text of that file. */
    readonly source: string;
    readonly recording: import('../simulation/trace').Recording;
  }
  /** By `lab/name`, as in `<Run lab="first-run" name="lost" />`. */
  export const runs: Readonly<Record<string, NamedRunData>>;
}

/** `labs/<id>/text.<locale>.mdx` of the locale being built, by lab id; renders on the server too. */
declare module '@course/lab-texts' {
  export const texts: Readonly<Record<string, import('react').ComponentType>>;
}

/** The declarations of the client that the learner's program imports, as text for the editor. */
declare module '@course/client-types' {
  const text: string;
  export default text;
}
