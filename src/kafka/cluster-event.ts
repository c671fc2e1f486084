/** Something between brokers, or between a broker and the controller, that will happen; it says what it is. */
import { SimEvent } from '../simulation/event-queue';

/** An event whose description is part of the cluster's fingerprint. */
export abstract class ClusterEvent extends SimEvent {
  /** What it will do, times left out: equal texts, equal effects on equal clusters. */
  abstract describe(): string;
}

/** A decision or a change of a broker's state on its way. */
export class ClusterStep extends ClusterEvent {
  constructor(
    private readonly label: string,
    private readonly work: () => void,
    isBackground: boolean,
  ) {
    super(isBackground);
  }

  fire(): void {
    this.work();
  }

  describe(): string {
    return this.label;
  }
}
