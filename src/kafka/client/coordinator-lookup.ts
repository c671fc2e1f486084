/**
 * Who coordinates a group or a transactional id (GRP-15, TXN-1). It is looked up once and again after an error; looking up
 * is no request of its own (MOD-2).
 */
import { ERRORS } from '../errors';
import type { KafkaEndpoint, KafkaReceiver } from '../protocol/messages';

export class CoordinatorLookup {
  private id = -1;

  constructor(
    private readonly endpoint: KafkaEndpoint,
    private readonly keyType: 'group' | 'transaction',
    private readonly key: string,
  ) {}

  /** Where to send requests. While there is no coordinator they go to some broker, which answers NOT_COORDINATOR. */
  get receiver(): KafkaReceiver {
    if (this.id < 0) this.id = this.endpoint.findCoordinator(this.keyType, this.key);
    return this.endpoint.broker(this.id < 0 ? 1 : this.id);
  }

  /** It has moved, or died. */
  forget(): void {
    this.id = -1;
  }

  /** Forgets the coordinator if that is what an error code says. */
  note(errorCode: number): void {
    if (errorCode === ERRORS.NOT_COORDINATOR || errorCode === ERRORS.COORDINATOR_NOT_AVAILABLE) this.forget();
  }
}
