/** Faults of the model and of the checkers, each killed by a test that names its rule: `npm run mutants`. */
import { CHECKER_MUTANTS } from './checkers';
import { CONFLUENT_MUTANTS } from './confluent';
import { GROUP_MUTANTS } from './groups';
import { JAVA_MUTANTS } from './java';
import { LOG_MUTANTS } from './logs';
import type { Mutant } from './mutant';
import { OUTAGE_MUTANTS } from './outages';
import { PRODUCER_MUTANTS } from './producers';
import { REPLICATION_MUTANTS } from './replication';
import { TRANSACTION_MUTANTS } from './transactions';

export const MUTANTS: readonly Mutant[] = [
  ...LOG_MUTANTS,
  ...REPLICATION_MUTANTS,
  ...PRODUCER_MUTANTS,
  ...TRANSACTION_MUTANTS,
  ...GROUP_MUTANTS,
  ...CONFLUENT_MUTANTS,
  ...JAVA_MUTANTS,
  ...OUTAGE_MUTANTS,
  ...CHECKER_MUTANTS,
];
