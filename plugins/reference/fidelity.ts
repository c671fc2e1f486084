/** The table of the page about fidelity, and what it says beneath. */
import type { Fidelity, FidelityRow } from '../../src/components/reference/fidelity-data';
import { CORRECTIONS } from '../../tests/conformance/corrections';
import { NOT_MODELLED } from '../../tests/conformance/not-modelled';
import { listedReason } from '../../tests/conformance/standing';
import { runsOf } from './transcript';
import { KAFKA_VERSION, playedOf, type Played } from './played';
import { titleOf } from './scenario-titles';

export function readFidelity(played: readonly Played[]): Fidelity {
  const dates = played.flatMap(({ clients }) => clients.flatMap(({ recorded }) => recorded?.date ?? [])).sort();
  const clients = new Map(
    played.flatMap((one) =>
      one.clients.flatMap(({ letter, recorded }) => (recorded === null ? [] : [[letter, recorded.client] as const])),
    ),
  );
  return {
    kafka: KAFKA_VERSION,
    from: dates[0] ?? null,
    until: dates.at(-1) ?? null,
    clients: Object.fromEntries(clients),
    rows: played.map(rowOf),
    notModelled: NOT_MODELLED,
    corrections: CORRECTIONS.map((correction) => {
      for (const file of correction.scenarios) playedOf(played, file);
      return correction;
    }),
  };
}

function rowOf({ scenario, clients }: Played): FidelityRow {
  const cells = clients.map(({ letter, standing, recorded }) => ({
    letter,
    standing,
    runs: runsOf(recorded),
    reason: standing === 'same' || standing === 'recorded' ? null : listedReason(scenario, letter),
  }));
  return {
    file: scenario.file,
    row: scenario.row,
    title: titleOf(scenario),
    rules: scenario.rules,
    brokers: scenario.brokers,
    cells,
  };
}
