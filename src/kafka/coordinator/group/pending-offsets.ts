/**
 * Offsets that belong to transactions without a marker yet (OFS-9; Kafka: `OffsetMetadataManager.pendingTransactionalOffsets`).
 * Of several values for a partition in one transaction the last one counts, also a lower one.
 */
import type { StoredOffset } from './committed-offsets';

export interface PendingOffset extends StoredOffset {
  readonly group: string;
  /** Name and life of the process that sent it, for history and trace. */
  readonly sender: string;
  readonly incarnation: number;
  /** For the history: its sender had lost the partition when the coordinator took it. */
  isZombie: boolean;
}

interface OpenTransaction {
  readonly producerEpoch: number;
  /** By group and partition. */
  readonly offsets: Map<string, PendingOffset>;
}

export class PendingOffsets {
  private readonly byProducer = new Map<number, OpenTransaction>();

  add(producerId: number, producerEpoch: number, place: string, pending: PendingOffset): void {
    let open = this.byProducer.get(producerId);
    if (open === undefined) {
      open = { producerEpoch, offsets: new Map() };
      this.byProducer.set(producerId, open);
    }
    open.offsets.set(keyOf(pending.group, place), pending);
  }

  /** Whether this producer has a transaction open in this partition of `__consumer_offsets` (TXN-6). */
  has(producerId: number, producerEpoch: number): boolean {
    return this.byProducer.get(producerId)?.producerEpoch === producerEpoch;
  }

  /** Whether the offset of a partition may still change with the end of a transaction. */
  isUnstable(group: string, place: string): boolean {
    if (this.byProducer.size === 0) return false;
    const key = keyOf(group, place);
    for (const { offsets } of this.byProducer.values()) if (offsets.has(key)) return true;
    return false;
  }

  /** The transaction of a producer has ended: takes out what it left. */
  take(producerId: number): readonly PendingOffset[] {
    const open = this.byProducer.get(producerId);
    if (open === undefined) return [];
    this.byProducer.delete(producerId);
    return [...open.offsets.values()];
  }

  fingerprint(): string {
    if (this.byProducer.size === 0) return '';
    const parts: string[] = [];
    for (const { offsets } of this.byProducer.values())
      parts.push([...offsets].map(([key, { offset }]) => `${key}=${offset}`).join());
    return parts.sort().join(';');
  }
}

function keyOf(group: string, place: string): string {
  return `${group}/${place}`;
}

/** OFS-9: whether a pending offset replaces what is stored when its transaction commits. */
export function isNewer(pending: StoredOffset, stored: StoredOffset | undefined): boolean {
  return stored === undefined || stored.position < pending.position;
}
