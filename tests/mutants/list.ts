/** Faults of the model, each killed by a test that names its rule: `npm run mutants`. */
import type { Mutant } from './mutant';

export const MUTANTS: readonly Mutant[] = [
  {
    id: 'commit-not-fenced-by-generation',
    rule: 'OFS-5',
    file: 'kafka/coordinator/validate-offset-commit.ts',
    from: 'if (by.generationId !== group.generationId) return ERRORS.ILLEGAL_GENERATION;',
    to: '',
    tests: ['tests/unit/kafka'],
  },
];
