/** Every rule of Kafka that code, tests and pages name, in the order in which one reads about Kafka. */
import { CLIENT_FAMILIES } from './clients';
import { CONSUMING_FAMILIES } from './consuming';
import type { RuleFamily } from './family';
import { LOG_FAMILIES } from './logs';
import { PRODUCING_FAMILIES } from './producing';
import { OTHER_FAMILIES } from './streams-and-model';
import { TRANSACTION_FAMILIES } from './transactions';

export const RULE_FAMILIES: readonly RuleFamily[] = [
  ...LOG_FAMILIES,
  ...PRODUCING_FAMILIES,
  ...TRANSACTION_FAMILIES,
  ...CONSUMING_FAMILIES,
  ...CLIENT_FAMILIES,
  ...OTHER_FAMILIES,
];

/** `LOG-1`, `LOG-2` … */
export const RULE_IDS: readonly string[] = RULE_FAMILIES.flatMap(({ id, rules }) => rules.map(([n]) => `${id}-${n}`));
