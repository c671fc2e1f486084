/** What programs can reach of the Kafka client and that outlives an incarnation: frozen with the rest. */
import * as client from '../kafka/client/confluent';

export function sharedClientObjects(): object[] {
  return Object.values(client as unknown as Record<string, unknown>).filter(
    (value): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function',
  );
}
