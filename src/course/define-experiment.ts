/**
 * How an experiment of a lesson is written down. `experiments/<id>/experiment.ts` holds
 *
 *     export default defineExperiment({ id: 'commit-before-or-after', lab: 'at-least-once-consumer', … })
 *
 * and the programs lie beside it. When the site is built every combination of the switches is run by the engine and
 * recorded, and each outcome is held against the ledger of its run: a sentence that is not so breaks the build.
 */

export interface BothLanguages {
  readonly en: string;
  readonly ru: string;
}

export interface ExperimentOption {
  /** Slug, unique within the switch. */
  readonly id: string;
  readonly label: BothLanguages;
}

/** A question with at least two answers; the first is the one that the page begins with. */
export interface ExperimentSwitch {
  /** Slug, unique within the experiment. */
  readonly id: string;
  readonly label: BothLanguages;
  readonly options: readonly ExperimentOption[];
}

/** Ids of options by ids of switches. */
export type Choice = Readonly<Record<string, string>>;

export interface ExperimentRun {
  /** File beside `experiment.ts`, without ending. */
  readonly program: string;
  /** As a verdict prints it: `v0:-`, `v0:crash@effect#2.before`. */
  readonly execution: string;
}

/** What is said of all combinations that have these options. */
export interface Outcome {
  readonly when: Choice;
  /** Business ids of the records that come to nothing in the run, and of those that come to more than one. */
  readonly lost: readonly string[];
  readonly repeated: readonly string[];
  /** One sentence. */
  readonly text: BothLanguages;
}

export interface ExperimentDefinition {
  /** Name of the folder; never changed. */
  readonly id: string;
  /** The lab whose world it runs in: its topics, first input, services and words. */
  readonly lab: string;
  readonly switches: readonly ExperimentSwitch[];
  readonly run: (choice: Choice) => ExperimentRun;
  /** The first that fits a combination is said of it; every combination needs one. */
  readonly outcomes: readonly Outcome[];
  /** What is counted: effects of a service, or records in the log. `effects` when left out. */
  readonly counts?: 'effects' | 'appended';
}

/** Gives the definition back, checked by its type. */
export function defineExperiment(definition: ExperimentDefinition): ExperimentDefinition {
  return definition;
}

/** All combinations of the switches, the first options first. */
export function combinationsOf(switches: readonly ExperimentSwitch[]): readonly Choice[] {
  return switches.reduce<readonly Choice[]>(
    (choices, { id, options }) =>
      choices.flatMap((choice) => options.map((option) => ({ ...choice, [id]: option.id }))),
    [{}],
  );
}

/** Names a combination: `before+crash`. */
export function variantKey(switches: readonly ExperimentSwitch[], choice: Choice): string {
  return switches.map(({ id }) => choice[id]).join('+');
}
