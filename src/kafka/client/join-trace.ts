/** The trace of a member that has got its assignment. */
import type { AssignedTopic } from '../protocol/messages';
import type { ClientPorts } from './metadata-client';

export function recordJoin(
  { incarnation }: ClientPorts,
  group: string,
  generation: number,
  assignment: readonly AssignedTopic[],
): void {
  if (incarnation.world.recorder === null) return;
  incarnation.world.record(
    { lane: incarnation.name, incarnation: incarnation.number },
    {
      kind: 'group-join',
      group,
      generation,
      assignment: assignment.flatMap(({ name, partitions }) =>
        partitions.map((partition) => ({ topic: name, partition })),
      ),
    },
  );
}
