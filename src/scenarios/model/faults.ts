/** Kills, pauses, lost answers, and time. */
import type { Command } from '../language/commands';
import { settled, type RunningCommand } from '../language/driver';
import type { BrokerRef, Target } from '../language/words';
import type { Clients } from './clients';
import { KIND_OF_API } from './lost-answers';
import type { ModelCluster } from './model-cluster';

const NOTHING = settled([]);

export class Faults {
  constructor(
    private readonly cluster: ModelCluster,
    private readonly clients: Clients,
  ) {}

  /** Carries it out, or gives null when it is no fault. */
  start(command: Command): RunningCommand | null {
    switch (command.command) {
      case 'kill':
        command.targets.forEach((target) => this.kill(target));
        return NOTHING;
      case 'pause':
        this.pause(command.targets);
        return NOTHING;
      case 'resume':
        command.targets.forEach((target) => this.resume(target));
        return NOTHING;
      case 'stop':
        command.brokers.forEach((ref) => this.cluster.brokers.shutdown(this.cluster.brokerId(ref)));
        return NOTHING;
      case 'restart':
        command.brokers.forEach((ref: BrokerRef) => this.cluster.brokers.restart(this.cluster.brokerId(ref)));
        return NOTHING;
      case 'elect':
        this.cluster.brokers.electPreferred();
        return NOTHING;
      case 'drop-response': {
        const { incarnation } = this.clients.process(command.client);
        const { api, times = 1, by = 'close' } = command;
        this.cluster.lostAnswers.order(incarnation, KIND_OF_API[api], times, by);
        return NOTHING;
      }
      case 'drop-request': {
        const { incarnation } = this.clients.process(command.client);
        this.cluster.lostAnswers.order(incarnation, KIND_OF_API[command.api], command.times ?? 1, 'on-the-way');
        return NOTHING;
      }
      case 'delay-request': {
        const { incarnation } = this.clients.process(command.client);
        this.cluster.lostAnswers.order(incarnation, KIND_OF_API[command.api], command.times ?? 1, 'late');
        return NOTHING;
      }
      case 'cut':
      case 'heal': {
        const { incarnation } = this.clients.process(command.client);
        const broker = this.cluster.endpoint.broker(this.cluster.brokerId(command.broker));
        this.cluster.lostAnswers.cut(incarnation, broker, command.command === 'cut');
        return NOTHING;
      }
      case 'advance':
        this.cluster.clock.pass(command.by);
        return NOTHING;
      default:
        return null;
    }
  }

  private kill(target: Target): void {
    if (target.kind === 'process') this.clients.process(target.name).kill();
    else this.cluster.brokers.kill(this.cluster.brokerId(target));
  }

  /** As on the real cluster, no fetch that was under way reaches a paused broker any more (real-kafka §7). */
  private pause(targets: readonly Target[]): void {
    let isBroker = false;
    for (const target of targets) {
      if (target.kind === 'process') this.clients.process(target.name).pause();
      else {
        this.cluster.brokers.pause(this.cluster.brokerId(target));
        isBroker = true;
      }
    }
    if (isBroker) this.cluster.clock.pass(FETCHES_END_MS);
  }

  private resume(target: Target): void {
    if (target.kind === 'process') this.clients.process(target.name).resume();
    else this.cluster.brokers.resume(this.cluster.brokerId(target));
  }
}

/** How long the command for a broker takes, in virtual time: twice `replica.fetch.wait.max.ms` of the test clusters. */
export const FETCHES_END_MS = 400;
