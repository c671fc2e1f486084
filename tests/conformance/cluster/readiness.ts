/** Makes a fresh cluster ready: creates a topic and finds coordinators, so that the first test meets no slow first time. */
import { Connection } from '../wire/connection';
import { COORDINATOR_TYPE, CreateTopicsV3, FindCoordinatorV2, InitProducerIdV1 } from '../wire/messages';
import { waitFor } from './waiting';

const TOPIC_ALREADY_EXISTS = 36;

/** @throws WaitedInVain when a broker does not answer in time */
export async function makeReady(ports: readonly number[]): Promise<void> {
  await Promise.all(ports.map((port) => waitFor(`broker at port ${port}`, () => tryAll(port, ports.length), Boolean)));
}

async function tryAll(port: number, brokers: number): Promise<boolean> {
  const connection = await Connection.open('127.0.0.1', port);
  try {
    const topic = { name: 'ready', partitions: 1, replicationFactor: brokers, assignments: [], configs: [] };
    const created = await connection.ask(CreateTopicsV3, { topics: [topic], timeoutMs: 5000, validateOnly: false });
    const isCreated = created.topics.every(({ error }) => error === 0 || error === TOPIC_ALREADY_EXISTS);
    const group = await connection.ask(FindCoordinatorV2, { key: 'ready', keyType: COORDINATOR_TYPE.group });
    const txn = await connection.ask(FindCoordinatorV2, { key: 'ready', keyType: COORDINATOR_TYPE.transaction });
    const pid = await connection.ask(InitProducerIdV1, { transactionalId: null, transactionTimeoutMs: 60_000 });
    return isCreated && group.error === 0 && txn.error === 0 && pid.error === 0;
  } finally {
    connection.close();
  }
}
