/** What `plugins/reference` says of rules, and of faults and anomalies. */
import type { BothLanguages } from '../../course/define-experiment';
import type { AnomalyId, FaultKind } from '../../grader/verdict';

export interface RulePlace {
  readonly file: string;
  /** A function, class, member or constant, or the title of a test; null for the file as a whole. */
  readonly name: string | null;
}

export interface RuleEntry {
  readonly rule: string;
  readonly what: BothLanguages;
  readonly code: readonly RulePlace[];
  readonly tests: readonly RulePlace[];
  /** Files under tests/scenarios/, without the ending. */
  readonly scenarios: readonly string[];
}

export interface Rules {
  readonly families: readonly {
    readonly id: string;
    readonly title: BothLanguages;
    /** Why many of its rules have no function, or null. */
    readonly outside: BothLanguages | null;
    readonly rules: readonly RuleEntry[];
  }[];
  /** Ids that code or tests name and that no family has: mistakes. */
  readonly strangers: readonly string[];
}

export interface CatalogueFault {
  readonly kind: FaultKind;
  readonly name: BothLanguages;
  readonly meaning: BothLanguages;
  /** When it strikes: as a request leaves, right after its effect, either, between requests, or as a record arrives. */
  readonly strikes: 'send' | 'effect' | 'both' | 'rest' | 'input';
  /** Labs that try it. */
  readonly labs: readonly string[];
}

export interface CatalogueAnomaly {
  readonly id: AnomalyId;
  readonly name: BothLanguages;
  readonly meaning: BothLanguages;
  /** Labs that forbid it, and those that have to show it somewhere. */
  readonly forbiddenIn: readonly string[];
  readonly witnessedIn: readonly string[];
}

export interface ReferenceCatalogue {
  readonly faults: readonly CatalogueFault[];
  readonly anomalies: readonly CatalogueAnomaly[];
}
