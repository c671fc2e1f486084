/** Plays scenarios on the model of the cluster, in virtual time. */
import type { ScenarioDriver, ScenarioRun } from '../language/driver';
import type { ClientLetter, Scenario } from '../language/scenario';
import { NotYetRunnable } from '../language/scenario-error';

export class ModelDriver implements ScenarioDriver {
  readonly name = 'the model';
  readonly letters: readonly ClientLetter[] = ['C', 'J', 'R'];

  whyNot(_scenario: Scenario, _letter: ClientLetter): string | null {
    return null;
  }

  open(_scenario: Scenario, _letter: ClientLetter): Promise<ScenarioRun> {
    return Promise.reject(new NotYetRunnable('the model driver is not there yet'));
  }
}
