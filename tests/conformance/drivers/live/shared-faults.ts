/**
 * Several clients play the same scenario on the same brokers, each on topics of its own; a broker is killed when all of them
 * have come to the line that kills it. So three clients cost one fault and one recovery, which are what takes long.
 */

interface Arrival {
  readonly what: string;
  readonly ids: readonly number[];
  readonly act: (ids: readonly number[]) => Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

export class SharedFaults {
  private arrived: Arrival[] = [];

  /** `count` runs take part, until they {@link leave}. */
  constructor(private count: number) {}

  /** Waits for the others, then carries the fault out once. */
  meet(what: string, ids: readonly number[], act: (ids: readonly number[]) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.arrived.push({ what, ids, act, resolve, reject });
      this.actIfComplete();
    });
  }

  /** One run is over, also when it broke down; the others no longer wait for it. */
  leave(): void {
    this.count -= 1;
    this.actIfComplete();
  }

  private actIfComplete(): void {
    const all = this.arrived;
    if (all.length === 0 || all.length < this.count) return;
    this.arrived = [];
    if (new Set(all.map(({ what }) => what)).size > 1) {
      const lines = all.map(({ what }) => what).join(', ');
      for (const { reject } of all) reject(new Error(`The runs are not at the same line: ${lines}`));
      return;
    }
    const ids = [...new Set(all.flatMap((arrival) => arrival.ids))];
    all[0]!.act(ids).then(
      () => all.forEach(({ resolve }) => resolve()),
      (error: unknown) => all.forEach(({ reject }) => reject(error)),
    );
  }
}
