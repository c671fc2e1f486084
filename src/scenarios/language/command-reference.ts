/** The command list of the README, out of the definitions that the parser reads with. */
import { COMMANDS } from './commands';
import { usageOf, type CommandDefinition } from './define-command';
import { LANGUAGE_COMMANDS, WAIT_UNTIL_ABOUT, WAIT_UNTIL_USAGE } from './language-commands';

const START = '<!-- commands: npm run scenarios -- --commands -->\n';
const END = '<!-- /commands -->';

/** One item a command: usage and meaning. */
export function commandReference(): string {
  const item = (definition: CommandDefinition): string =>
    `- \`${usageOf(definition)}\`${query(definition)}: ${definition.about}`;
  return [
    'Those marked _query_ can be used in `wait-until`.',
    '',
    `- \`${WAIT_UNTIL_USAGE}\`: ${WAIT_UNTIL_ABOUT}`,
    ...LANGUAGE_COMMANDS.map(item),
    ...COMMANDS.map(item),
  ].join('\n');
}

/** The README with its list put right. */
export function withCommandReference(readme: string): string {
  const from = readme.indexOf(START) + START.length;
  const to = readme.indexOf(END);
  return `${readme.slice(0, from)}\n${commandReference()}\n\n${readme.slice(to)}`;
}

function query({ isQuery }: CommandDefinition): string {
  return isQuery ? ' _query_' : '';
}
