/** Plays scenarios on the model of the cluster, in virtual time. */
import { Cluster } from '../../kafka/cluster';
import type { ScenarioDriver, ScenarioRun } from '../language/driver';
import type { ClientLetter, Scenario } from '../language/scenario';
import { ModelRun } from './model-run';

export class ModelDriver implements ScenarioDriver {
  readonly name = 'the model';
  readonly letters: readonly ClientLetter[] = ['C', 'J', 'R'];

  whyNot({ brokers }: Scenario, letter: ClientLetter): string | null {
    if (letter === 'K') return 'needs kafkajs, which does not run on the model yet';
    if (brokers > 1 && !('kill' in Cluster.prototype)) return 'the model has one broker only';
    return null;
  }

  async open(scenario: Scenario, letter: ClientLetter): Promise<ScenarioRun> {
    return new ModelRun(scenario, letter);
  }
}
