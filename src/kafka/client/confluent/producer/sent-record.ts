/** A record from `send()` to its answer. */
import type { Send } from '../../../../simulation/history';
import { turn } from '../../../../simulation/turn';
import type { WireRecord } from '../../../protocol/messages';

/** librdkafka's "no offset": not known yet, or never, as with `acks: 0`. */
export const NO_OFFSET = -1001;

export class SentRecord {
  partition = -1;
  offset = NO_OFFSET;
  error: Error | null = null;
  isSettled = false;
  whenSettled: ((error: Error | null) => void) | null = null;
  /** Line of the program that sent it. */
  readonly line = turn.line;
  /** What the history says of it; null before it has a partition. */
  sent: Send | null = null;

  constructor(
    readonly topic: string,
    readonly wire: WireRecord,
    /** Virtual time after which it is given up (`message.timeout.ms`). */
    readonly deadline: number,
  ) {}
}
