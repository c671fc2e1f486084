/**
 * What a coordinator appends takes effect in the order of the log, and only once it is replicated (OFS-1, OFS-9): a commit
 * that waits for its followers holds back whatever was appended behind it.
 */
import { ERRORS } from '../../errors';
import { coordinatorError } from '../coordinator-errors';
import type { CoordinatorHost, CoordinatorRecord, TransactionalWriter } from '../coordinator-host';

/** A change of the coordinator's memory that stands in the log. */
export interface LogStep {
  /**
   * It is its turn.
   * @param errorCode NONE: it counts; else what the client is told, and nothing has changed
   * @param position rank in the log; only its order means something
   */
  apply(errorCode: number, position: number): void;
}

interface Waiting {
  readonly step: LogStep;
  readonly position: number;
  isReplicated: boolean;
}

export class InLogOrder {
  /** False once the broker has lost the partition. */
  isLed = true;
  private readonly waiting: Waiting[] = [];
  private nextPosition = 0;

  constructor(private readonly host: CoordinatorHost) {}

  /** Rank of something that is in the log already. */
  loaded(): number {
    return this.nextPosition++;
  }

  append(records: readonly CoordinatorRecord[], writer: TransactionalWriter | null, step: LogStep): void {
    const waiting: Waiting = { step, position: this.nextPosition++, isReplicated: false };
    this.waiting.push(waiting);
    this.host.append(records, writer, (appendError) => this.finish(waiting, appendError));
  }

  /**
   * Something else has been appended, a marker: it takes effect behind what stands before it.
   * @returns what to call when it is replicated (NONE), or the leadership is lost
   */
  appended(step: LogStep): (errorCode: number) => void {
    const waiting: Waiting = { step, position: this.nextPosition++, isReplicated: false };
    this.waiting.push(waiting);
    return (errorCode) => this.finish(waiting, errorCode);
  }

  private finish(waiting: Waiting, appendError: number): void {
    // A new leader reads the log again; here nothing takes effect any more.
    if (appendError === ERRORS.NOT_LEADER_OR_FOLLOWER) this.isLed = false;
    // Behind the high watermark it counts, however few replicas there are.
    if (this.isLed && (appendError === ERRORS.NONE || appendError === ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND)) {
      waiting.isReplicated = true;
      this.drain();
      return;
    }
    this.waiting.splice(this.waiting.indexOf(waiting), 1);
    waiting.step.apply(this.isLed ? coordinatorError(appendError) : ERRORS.NOT_COORDINATOR, waiting.position);
    if (this.isLed) this.drain();
  }

  private drain(): void {
    while (this.waiting.length > 0 && this.waiting[0]!.isReplicated) {
      const { step, position } = this.waiting.shift()!;
      step.apply(ERRORS.NONE, position);
    }
  }
}
