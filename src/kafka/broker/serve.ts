/** Which part of a broker serves which request. */
import type { Request } from '../../simulation/network';
import { coordinatorPartition, OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from '../coordinator/coordinator-host';
import { ERRORS } from '../errors';
import type { AnswerOf, KafkaAnswer, KafkaRequest } from '../protocol/messages';
import type { InitProducerIdRequest } from '../protocol/transaction-messages';
import type { Broker } from './broker';
import { ProduceCall } from './produce-call';
import { deleteRecords, listOffsets } from './queries';
import { refuseAsCoordinator, type CoordinatorRequest } from './refusals';

type AnyRequest = Request<KafkaRequest, KafkaAnswer>;
type Asked<R extends KafkaRequest> = Request<R, AnswerOf<R>>;

export function serve(broker: Broker, request: AnyRequest): void {
  const { message } = request;
  switch (message.api) {
    case 'Produce':
      return new ProduceCall(broker, request as never).begin();
    case 'Fetch':
      return broker.fetches.receive(request as never);
    case 'ListOffsets':
      return request.answer(listOffsets(message, broker));
    case 'DeleteRecords':
      return serveDeleteRecords(broker, request, message);
    case 'Metadata':
      return request.answer(broker.image.metadata(message));
    case 'DescribeTopicPartitions':
      return request.answer(broker.image.describeTopics(message));
    case 'CreateTopics':
      return answerApplied(request, broker.ports.createTopics(message));
    case 'ElectLeaders':
      return answerApplied(request, broker.ports.electLeaders(message));
    case 'JoinGroup':
    case 'SyncGroup':
    case 'Heartbeat':
    case 'LeaveGroup':
    case 'OffsetCommit':
    case 'OffsetFetch':
    case 'TxnOffsetCommit':
      return toCoordinator(broker, request, message, OFFSETS_TOPIC, message.groupId);
    case 'InitProducerId':
      return serveInitProducerId(broker, request as never);
    case 'AddPartitionsToTxn':
    case 'AddOffsetsToTxn':
    case 'EndTxn':
      return toCoordinator(broker, request, message, TRANSACTION_STATE_TOPIC, message.transactionalId);
    case 'WriteTxnMarkers':
      throw new Error('WriteTxnMarkers goes from broker to broker; a client does not send it');
  }
}

function answerApplied(request: AnyRequest, answer: KafkaAnswer): void {
  request.applied();
  request.answer(answer);
}

function serveDeleteRecords(
  broker: Broker,
  request: AnyRequest,
  message: KafkaRequest & { api: 'DeleteRecords' },
): void {
  const answer = deleteRecords(message, broker, (replica) => broker.onLogStartMoved(replica));
  broker.onReadable();
  answerApplied(request, answer);
}

/** PID-1: without a transactional id any broker gives out a new producer id, once it has got hold of some. */
function serveInitProducerId(broker: Broker, request: Asked<InitProducerIdRequest>): void {
  const { transactionalId } = request.message;
  if (transactionalId !== null) {
    toCoordinator(broker, request as never, request.message, TRANSACTION_STATE_TOPIC, transactionalId);
    return;
  }
  request.applied();
  if (broker.hasJustStarted)
    request.answer({
      api: 'InitProducerId',
      errorCode: ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
      producerId: -1,
      producerEpoch: -1,
    });
  else
    request.answer({
      api: 'InitProducerId',
      errorCode: ERRORS.NONE,
      producerId: broker.nextProducerId(),
      producerEpoch: 0,
    });
}

/** GRP-15, TXN-1: the leader of the key's partition is its coordinator, and nobody else. */
function toCoordinator(
  broker: Broker,
  request: AnyRequest,
  message: CoordinatorRequest,
  topic: string,
  key: string,
): void {
  const { offsetsTopicNumPartitions, transactionStateLogNumPartitions } = broker.settings;
  const count = topic === OFFSETS_TOPIC ? offsetsTopicNumPartitions : transactionStateLogNumPartitions;
  const index = coordinatorPartition(key, count);
  if (!broker.knows(topic, index)) broker.ports.needInternalTopic(topic);
  const shard = broker.replica(topic, index)?.shard ?? null;
  if (shard === null) request.answer(refuseAsCoordinator(message, ERRORS.NOT_COORDINATOR));
  else shard.receive(request);
}
