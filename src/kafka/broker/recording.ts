/** What a broker adds to a trace. */
import type { Request } from '../../simulation/network';
import type { World } from '../../simulation/world';
import type { WireRecord } from '../protocol/messages';
import { recordId } from '../record-id';
import type { Replica } from './replica';

/** @param request who has sent the records; null for the workload */
export function recordAppend(
  world: World,
  { name, topic, index }: Replica,
  baseOffset: number,
  records: readonly WireRecord[],
  request: Pick<Request, 'sender' | 'line'> | null,
): void {
  if (world.recorder === null) return;
  for (let i = 0; i < records.length; i += 1) {
    const { value } = records[i]!;
    const place =
      request === null
        ? { lane: name }
        : {
            lane: request.sender.name,
            peer: name,
            incarnation: request.sender.number,
            line: request.line || undefined,
          };
    world.record(place, {
      kind: 'append',
      topic,
      partition: index,
      offset: baseOffset + i,
      record: recordId(value),
      value,
    });
  }
}
