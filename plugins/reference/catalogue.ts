/** Faults and anomalies of the grader, with the labs that try and judge them. */
import type { CatalogueAnomaly, CatalogueFault, ReferenceCatalogue } from '../../src/components/reference/rule-data';
import { FAULTS, FAULT_ORDER } from '../../src/grader/faults';
import { CATALOGUES } from '../../src/grader/texts';
import { ANOMALY_ORDER, MEANINGS } from '../../src/grader/texts/meanings';
import type { AnomalyId, AnomalyRule } from '../../src/grader/verdict';
import type { BothLanguages } from '../../src/course/define-experiment';
import type { LabFolder } from '../course/labs';

const NO_WORDS = { record: '', effect: '', headlines: {}, effectColumn: '' };

export function readCatalogue(labs: readonly LabFolder[]): ReferenceCatalogue {
  const faults = FAULT_ORDER.map((kind): CatalogueFault => ({
    kind,
    name: named(`fault.${kind}`),
    meaning: { en: MEANINGS.en[kind], ru: MEANINGS.ru[kind] },
    strikes: FAULTS[kind].strikes,
    labs: labs.filter(({ definition }) => definition.faults.kinds.includes(kind)).map(({ id }) => id),
  }));
  const anomalies = ANOMALY_ORDER.map((id): CatalogueAnomaly => ({
    id,
    name: named(`anomaly.${id}`),
    meaning: { en: MEANINGS.en[id], ru: MEANINGS.ru[id] },
    forbiddenIn: labsThat(labs, id, 'forbidden'),
    witnessedIn: labsThat(labs, id, 'witness'),
  }));
  return { faults, anomalies };
}

/** What verdicts call it. */
function named(id: string): BothLanguages {
  const sentence = (locale: 'en' | 'ru'): string => CATALOGUES[locale][id]?.({}, NO_WORDS) ?? id;
  return { en: sentence('en'), ru: sentence('ru') };
}

function labsThat(labs: readonly LabFolder[], id: AnomalyId, rule: AnomalyRule): string[] {
  return labs.filter(({ definition }) => definition.anomalies[id] === rule).map((lab) => lab.id);
}
