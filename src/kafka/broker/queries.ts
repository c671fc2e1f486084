/** Answers of a leader to ListOffsets and DeleteRecords. */
import { ERRORS } from '../errors';
import type {
  DeleteRecordsAnswer,
  DeleteRecordsRequest,
  ListOffsetsAnswer,
  ListOffsetsRequest,
} from '../protocol/messages';
import { checkLeader, type Replicas } from './fetches';
import type { Replica } from './replica';

const EARLIEST = -2;

/** FET-6. */
export function listOffsets({ topics, isolationLevel }: ListOffsetsRequest, replicas: Replicas): ListOffsetsAnswer {
  return {
    api: 'ListOffsets',
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, timestamp, currentLeaderEpoch }) => {
        const replica = replicas.replica(name, index);
        const errorCode = checkLeader(replica, currentLeaderEpoch);
        if (replica === undefined || errorCode !== ERRORS.NONE) return { index, errorCode, offset: -1 };
        if (timestamp === EARLIEST) return { index, errorCode, offset: replica.log.logStartOffset };
        return { index, ...latestOffset(replica, isolationLevel) };
      }),
    })),
  };
}

/** FET-6: the end as readers of this isolation level see it; not known yet while a new leader catches up. */
function latestOffset(replica: Replica, isolationLevel: 0 | 1): { errorCode: number; offset: number } {
  const { leadership, highWatermark, lastStableOffset } = replica;
  if (leadership !== null && leadership.epochStartOffset > highWatermark)
    return { errorCode: ERRORS.OFFSET_NOT_AVAILABLE, offset: -1 };
  return { errorCode: ERRORS.NONE, offset: isolationLevel === 1 ? lastStableOffset : highWatermark };
}

/** LOG-11: up to the high watermark and no further. @param onMoved is told of every log whose start has moved */
export function deleteRecords(
  { topics }: DeleteRecordsRequest,
  replicas: Replicas,
  onMoved: (replica: Replica) => void,
): DeleteRecordsAnswer {
  return {
    api: 'DeleteRecords',
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, offset }) => {
        const replica = replicas.replica(name, index);
        const errorCode = checkLeader(replica, -1);
        if (replica === undefined || errorCode !== ERRORS.NONE) return { index, errorCode, lowWatermark: -1 };
        const start = offset === -1 ? replica.highWatermark : offset;
        if (start < 0 || start > replica.highWatermark)
          return { index, errorCode: ERRORS.OFFSET_OUT_OF_RANGE, lowWatermark: -1 };
        replica.log.advanceLogStart(start);
        onMoved(replica);
        return { index, errorCode: ERRORS.NONE, lowWatermark: replica.log.logStartOffset };
      }),
    })),
  };
}
