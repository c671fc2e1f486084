/** Plays the playground's state on the model: what happened, what everything holds at the end, what went wrong. */
import type { Cluster } from '../../kafka/cluster';
import { settled, type ScenarioRun } from '../../scenarios/language/driver';
import { parseScenario } from '../../scenarios/language/parse-scenario';
import { runScenario } from '../../scenarios/language/run-scenario';
import type { ClientLetter, Scenario } from '../../scenarios/language/scenario';
import { writeScenario } from '../../scenarios/language/write-scenario';
import { ModelDriver } from '../../scenarios/model/driver';
import { ModelRun } from '../../scenarios/model/model-run';
import { Recorder } from '../../simulation/recorder';
import type { Recording } from '../../simulation/trace';
import { readableRecording } from './readable';
import { groupOf, partitionCount, resultsOf, scriptOf, scriptWithQueries, topicsOf } from './script';
import type { Values } from './settings';
import { BOUNDS, Slices, type Bounds, type Cut, type Watch } from './slices';
import { snapshotOf, type Snapshot } from './snapshot';
import type { PlaygroundState, Setup } from './state';

export interface PlayedRun {
  readonly recording: Recording;
  readonly snapshot: Snapshot;
  /** The command that could not be carried out, and why; null when all went well. */
  readonly failure: { readonly command: string; readonly message: string } | null;
  /** Why it has not got as far as it was to, which the snapshot's time tells; null when it has. */
  readonly cut: Cut | null;
}

/** Where the script lies in messages, and what an export is called. */
export const SCRIPT_NAME = 'playground/run';

/**
 * Plays it from the beginning, a little at a time. The same state gives the same run, everywhere.
 * @throws Error when the model itself fails
 */
export async function play(state: PlaygroundState, watch: Watch = {}, bounds: Bounds = BOUNDS): Promise<PlayedRun> {
  const driver = new WatchedDriver(state.setup, watch, bounds);
  const outcome = await runScenario(parseScenario(SCRIPT_NAME, scriptOf(state)), state.setup.client, driver);
  const { snapshot, cut } = driver;
  const failure = outcome.status === 'failed' && cut === null ? failureOf(outcome.difference) : null;
  if (snapshot === null) throw new Error(failure?.message ?? 'the model did not begin');
  return { recording: readableRecording(driver.recorder, state.setup), snapshot, failure, cut };
}

/** The run as the text of a scenario file, with what it prints on the model; as far as it gets within the bounds. */
export async function exportScenario(state: PlaygroundState, watch: Watch = {}): Promise<string> {
  const { client } = state.setup;
  const { cut, snapshot } = await play(state, watch);
  const until = cut === null ? state.until : Math.floor(snapshot.now);
  const scenario = parseScenario(SCRIPT_NAME, scriptWithQueries({ ...state, until }));
  const outcome = await runScenario(scenario, client, new WatchedDriver(state.setup, watch, UNBOUND));
  if (outcome.status === 'not run') throw new Error(outcome.reason);
  return writeScenario(scenario, new Map([[client, outcome.observed]]));
}

/** It is known to end. */
const UNBOUND: Bounds = { events: Infinity, told: Infinity };

/** `playground/run.txt:12: kill leader(orders/0): there is no such broker at present` */
function failureOf(told: string): PlayedRun['failure'] {
  const parts = /^\S+\.txt:\d+: ((?:async \S+: )?.+?): (.+)$/s.exec(told);
  return parts === null ? { command: '', message: told } : { command: parts[1]!, message: parts[2]! };
}

/** Takes down what happens, lets the page breathe, and looks at the cluster right before it goes. */
class WatchedDriver extends ModelDriver {
  readonly recorder = new Recorder();
  snapshot: Snapshot | null = null;
  cut: Cut | null = null;

  constructor(
    private readonly setup: Setup,
    private readonly watch: Watch,
    private readonly bounds: Bounds,
  ) {
    super();
  }

  override async open(scenario: Scenario, letter: ClientLetter): Promise<ScenarioRun> {
    const run = new ModelRun(scenario, letter, this.recorder);
    const slices = new Slices(run, this.recorder, this.bounds, this.watch);
    return {
      start: async (command) => {
        if (command.command === 'advance') this.cut = await slices.pass(command.by);
        else if (await slices.isStopped()) this.cut = 'stopped';
        // Ends the scenario here; what it was is asked of `cut`.
        if (this.cut !== null) throw new Error(this.cut);
        return command.command === 'advance' ? settled([]) : run.start(command);
      },
      now: () => run.now(),
      pass: (ms) => run.pass(ms),
      close: () => {
        this.snapshot = this.look(run);
        return run.close();
      },
    };
  }

  private look(run: ModelRun): Snapshot {
    const { setup } = this;
    const valuesOf = (name: string): Values => setup.consumers[Number(/\d/.exec(name)?.[0] ?? 1) - 1] ?? {};
    return snapshotOf({
      now: run.now(),
      cluster: run.cluster.endpoint as Cluster,
      clients: run.clients,
      topics: topicsOf(setup),
      partitionCount: partitionCount(setup),
      groups: [...new Set(setup.consumers.map((values) => groupOf(setup, values)))],
      isCut: (place) => run.cluster.lostAnswers.isCut(place),
      groupOfClient: (name) => groupOf(setup, valuesOf(name)),
      writesResults: (name) => resultsOf(setup, valuesOf(name)) !== 'none',
    });
  }
}
