/** The module `@confluentinc/kafka-javascript`, wired to the incarnation that imports it. */
import { Buffer } from 'buffer';
import { createConfluentModule } from '../../kafka/client/confluent';
import { writeLine } from './console';
import { bodyText } from './fetch-messages';
import type { ProgramState } from './program-state';

export function createKafkaClient({ incarnation, ports }: ProgramState): object {
  return createConfluentModule({
    incarnation,
    endpoint: ports.kafka,
    bootstrapServers: ports.env['KAFKA_BROKERS'] ?? '',
    toBuffer: (text) => Buffer.from(text, 'utf8'),
    fromBuffer: (value) => (value instanceof Uint8Array ? bodyText(value) : null),
    logger: (level, text) => writeLine(level, text),
  });
}
