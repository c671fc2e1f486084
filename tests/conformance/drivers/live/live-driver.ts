/** Plays scenarios on a real cluster with the real clients. */
import path from 'node:path';
import { cacheDir } from '../../cluster/toolchain';
import type { ScenarioDriver, ScenarioRun } from '../../../../src/scenarios/language/driver';
import { modelOnlyPart } from '../../../../src/scenarios/language/model-only';
import type { ClientLetter, Scenario } from '../../../../src/scenarios/language/scenario';
import { CLIENT_LETTERS } from '../../../../src/scenarios/language/scenario';
import { ScenarioError } from '../../../../src/scenarios/language/scenario-error';
import { ClientProcess } from './client-process';
import type { ClientPrograms, ProcessLetter } from './client-programs';
import type { LiveCluster } from './live-cluster';
import { LiveRun } from './live-run';
import { RunContext } from './run-context';
import { SharedFaults } from './shared-faults';

const BROKER_FAULTS = new Set(['kill', 'stop', 'pause', 'resume', 'restart']);

export class LiveDriver implements ScenarioDriver {
  readonly letters: readonly ClientLetter[] = CLIENT_LETTERS;
  private readonly readers = new Map<ProcessLetter, ClientProcess>();
  private runNumber = 0;
  private together: { readonly faults: SharedFaults; readonly healed: Promise<void>; left: number } | null = null;

  constructor(
    readonly name: string,
    private readonly cluster: LiveCluster,
    private readonly programs: ClientPrograms,
  ) {}

  whyNot(scenario: Scenario, _letter: ClientLetter): string | null {
    const modelOnly = modelOnlyPart(scenario);
    if (modelOnly !== null) return `"${modelOnly}" is for the model only`;
    if (scenario.brokers !== this.cluster.size)
      return `it needs ${scenario.brokers} broker(s), not ${this.cluster.size}`;
    if (this.cluster.local !== null) return null;
    if (breaksBrokers(scenario)) return 'it breaks brokers, and these are not the project’s own';
    if (clientsBehindProxies(scenario).length > 0) return 'it loses answers, which needs listeners behind a proxy';
    return null;
  }

  async open(scenario: Scenario, letter: ClientLetter): Promise<ScenarioRun> {
    const faults = await this.sharedFaults(scenario);
    // Epochs, transactions and members of one run would be seen by the next one of the same names.
    this.runNumber += 1;
    const prefix = `${scenario.row.toLowerCase()}-${letter.toLowerCase()}-${process.pid}-${this.runNumber}`;
    const transcript = path.join(this.cluster.local?.dir ?? cacheDir, 'transcripts', `${prefix}.log`);
    const run = new RunContext(this.cluster, letter, this.programs, prefix, transcript);
    for (const client of clientsBehindProxies(scenario)) {
      const proxy = await this.cluster.openProxy();
      if (proxy === null) {
        faults.leave();
        await run.close();
        throw new ScenarioError('all proxied listeners are taken; run fewer scenarios at a time');
      }
      run.proxies.set(client, proxy);
    }
    return new LiveRun(run, faults, () => this.readerOf(letter));
  }

  /** The next `count` runs that are opened play the same scenario and share its faults. */
  playTogether(count: number, scenario: Scenario): void {
    const needsHealing = this.cluster.local !== null && (breaksBrokers(scenario) || this.cluster.size > 1);
    const healed = needsHealing ? this.cluster.heal() : Promise.resolve();
    // Whoever opens a run hears of it; until then nobody listens.
    healed.catch(() => undefined);
    this.together = { faults: new SharedFaults(count), healed, left: count };
  }

  private async sharedFaults(scenario: Scenario): Promise<SharedFaults> {
    if (this.together === null) this.playTogether(1, scenario);
    const { faults, healed, left } = this.together!;
    this.together = left === 1 ? null : { faults, healed, left: left - 1 };
    try {
      await healed;
    } catch (error) {
      faults.leave();
      throw error;
    }
    return faults;
  }

  /** Ends the processes that outlive single runs. */
  async close(): Promise<void> {
    await Promise.all([...this.readers.values()].map((reader) => reader.kill()));
    this.cluster.brokers.close();
  }

  private readerOf(letter: ClientLetter): ClientProcess {
    if (letter === 'R') throw new ScenarioError('R reads by hand');
    const known = this.readers.get(letter);
    if (known?.isRunning === true) return known;
    const reader = new ClientProcess(`reader ${letter}`, this.programs[letter], () => undefined);
    this.readers.set(letter, reader);
    return reader;
  }
}

/** Whether brokers are killed or paused: then nothing else may run on the cluster. */
export function breaksBrokers(scenario: Scenario): boolean {
  return hasBrokerFault(scenario, BROKER_FAULTS);
}

/** Whether brokers are paused, so that it matters how quick the next commands are. */
export function pausesBrokers(scenario: Scenario): boolean {
  return hasBrokerFault(scenario, new Set(['pause']));
}

function hasBrokerFault(scenario: Scenario, faults: ReadonlySet<string>): boolean {
  return commandsOf(scenario).some((command) => {
    if (!faults.has(command.command)) return false;
    if (!('targets' in command)) return true;
    return command.targets.some((target) => target.kind !== 'process');
  });
}

/** Clients whose answers are lost or whose connections are looked at. */
function clientsBehindProxies(scenario: Scenario): string[] {
  const names = commandsOf(scenario).flatMap((command) => {
    if (command.command === 'drop-response') return [command.client];
    return command.command === 'connection' ? [command.producer] : [];
  });
  return [...new Set(names)];
}

function commandsOf(scenario: Scenario) {
  return scenario.blocks
    .flatMap(({ steps }) => steps)
    .flatMap(({ action }) => {
      if (action.kind === 'driver') return [action.command];
      return action.kind === 'wait-until' ? [action.query] : [];
    });
}
