/** What the JavaScript clients do, for the page of that name: words from `findings/`, runs from the recordings. */
import type { ClientFinding, ShownRun } from '../../src/components/reference/client-data';
import { CONFLUENT_FINDINGS } from './findings/confluent';
import type { Finding } from './findings/finding';
import { KAFKAJS_FINDINGS } from './findings/kafkajs';
import { KAFKA_VERSION, playedOf, type Played } from './played';
import { titleOf } from './scenario-titles';
import { runsOf, transcriptOf } from './transcript';

export function readClients(played: readonly Played[]) {
  const shown = (finding: Finding): ClientFinding => ({
    id: finding.id,
    rules: finding.rules,
    title: finding.title,
    what: finding.what,
    remedy: finding.remedy,
    code: finding.code ?? null,
    runs: finding.runs.map((file) => runOf(finding, playedOf(played, file))),
  });
  return { kafka: KAFKA_VERSION, kafkajs: KAFKAJS_FINDINGS.map(shown), confluent: CONFLUENT_FINDINGS.map(shown) };
}

/** The scenario with this client alone. @throws Error when nothing is recorded: then there is nothing to show */
function runOf({ id, letter }: Finding, one: Played): ShownRun {
  const mine = one.clients.filter((client) => client.letter === letter);
  const recorded = mine[0]?.recorded;
  if (mine[0] === undefined || recorded === null || recorded === undefined)
    throw new Error(
      `plugins/reference/findings: "${id}" shows ${one.scenario.file}, of which nothing is recorded with ${letter}. ` +
        `Record it: npm run conformance -- --record --repeat 3 ${one.scenario.file.split('/')[1]}`,
    );
  return {
    file: one.scenario.file,
    title: titleOf(one.scenario),
    client: recorded.client,
    date: recorded.date,
    times: runsOf(recorded),
    standing: mine[0].standing,
    transcript: transcriptOf({ scenario: forClient(one, letter), clients: mine }),
  };
}

/** Without the commands that are for other clients, whose outcome would only distract. */
function forClient({ scenario }: Played, letter: Finding['letter']): Played['scenario'] {
  const isOthers = (line: string): boolean => {
    const only = /^only ([KCJR ]+):/.exec(line)?.[1];
    return only !== undefined && !only.split(' ').includes(letter);
  };
  return {
    ...scenario,
    blocks: scenario.blocks.map((block) => ({ ...block, lines: block.lines.filter((line) => !isOthers(line)) })),
  };
}
