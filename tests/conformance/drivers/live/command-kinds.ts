/** The commands of a scenario by who carries them out on a real cluster. */
import type { Command, CommandNamed } from '../../../../src/scenarios/language/commands';
import type { ModelOnly } from '../../../../src/scenarios/language/model-only';

export type Administrative = CommandNamed<
  | 'topic'
  | 'group'
  | 'tid'
  | 'produce'
  | 'delete-records'
  | 'elect'
  | 'advance'
  | 'kill'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'restart'
>;
export type OfClient = Exclude<Command, Administrative | ModelOnly>;
export type OfRaw = Extract<Command, { readonly command: `raw ${string}` }>;
export type OfOracle =
  | OfRaw
  | CommandNamed<
      'read' | 'log' | 'values' | 'replica' | 'end-offset' | 'committed' | 'leader' | 'isr' | 'elr' | 'coordinator'
    >;
