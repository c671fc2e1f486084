/** Heartbeats of a member, on a clock of their own: a busy handler does not hold them up (GRP-6, GRP-7). */
import type { SimEvent } from '../../../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type { HeartbeatAnswer, HeartbeatRequest } from '../../../protocol/messages';
import type { ConfluentPorts } from '../ports';
import type { GroupIdentity } from './committer';
import type { CoordinatorConnection } from './coordinator-connection';
import type { ConsumerOptions } from './options';

export class Heartbeats implements AnswerHandler<HeartbeatAnswer> {
  private timer: SimEvent | null = null;
  private isOut = false;

  constructor(
    private readonly ports: ConfluentPorts,
    private readonly options: ConsumerOptions,
    private readonly identity: GroupIdentity,
    private readonly coordinator: CoordinatorConnection,
    private readonly onRefused: (code: number) => void,
  ) {}

  start(): void {
    if (this.timer !== null) return;
    this.timer = this.ports.incarnation.setTimer(this.options.heartbeatIntervalMs, this.onDue, true);
  }

  stop(): void {
    if (this.timer === null) return;
    this.ports.incarnation.clearTimer(this.timer);
    this.timer = null;
  }

  private readonly onDue = (): void => {
    this.timer = null;
    const { incarnation } = this.ports;
    const { generationId, memberId, groupInstanceId } = this.identity;
    if (memberId === '') return;
    this.start();
    if (this.isOut) return;
    this.isOut = true;
    const message: HeartbeatRequest = {
      api: 'Heartbeat',
      groupId: this.options.groupId,
      generationId,
      memberId,
      groupInstanceId,
    };
    const receiver = this.coordinator.receiver;
    const request = new Request('heartbeat', false, incarnation, message, receiver as never, this);
    request.timeoutMs = this.options.requestTimeoutMs;
    this.coordinator.send(request);
  };

  onAnswer(answer: HeartbeatAnswer): void {
    this.isOut = false;
    this.coordinator.note(answer.errorCode);
    if (answer.errorCode !== ERRORS.NONE) this.onRefused(answer.errorCode);
  }

  /** The next one will do. */
  onLost(): void {
    this.coordinator.forget();
    this.isOut = false;
  }
}
