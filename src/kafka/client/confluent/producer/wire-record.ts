/** A message of the program, as it goes over the wire. */
import { WORLD_EPOCH_MS } from '../../../../simulation/world';
import type { WireRecord } from '../../../protocol/messages';
import type { KafkaJS } from '../api';
import { notModelled } from '../errors';
import type { ConfluentPorts } from '../ports';

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** @throws Error for a value that the binding refuses */
export function toWire(ports: ConfluentPorts, { key, value, headers, timestamp }: KafkaJS.Message): WireRecord {
  return {
    key: text(ports, key, 'key'),
    value: text(ports, value, 'value'),
    headers: headersOf(ports, headers),
    timestamp: timestamp ? Number(timestamp) : WORLD_EPOCH_MS + ports.incarnation.world.now,
  };
}

function text(ports: ConfluentPorts, given: unknown, what: string): string | null {
  if (given === null || given === undefined) return null;
  if (typeof given === 'string') return given;
  const read = ports.fromBuffer(given);
  if (read === null) throw new Error(`Message ${what} must be a buffer, a string or null`);
  return read;
}

function headersOf(ports: ConfluentPorts, headers: KafkaJS.IHeaders | undefined): Readonly<Record<string, string>> {
  if (headers === undefined || headers === null) return NO_HEADERS;
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) throw notModelled('A header with several values', 'a header has one value');
    read[name] = text(ports, value, `header ${name}`) ?? '';
  }
  return read;
}
