/** What programs can reach of the Kafka client and that outlives an incarnation: frozen with the rest. */
import { SHARED_CLIENT_OBJECTS } from '../kafka/client/confluent';
import { SHARED_PG_OBJECTS } from '../database/client';
import { TurnExhausted } from '../simulation/turn';

export function sharedClientObjects(): readonly object[] {
  // A program that catches what ends its turn holds an object of this class.
  return [...SHARED_CLIENT_OBJECTS, ...SHARED_PG_OBJECTS, TurnExhausted];
}
