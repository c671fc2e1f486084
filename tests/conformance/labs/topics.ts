/** Gives every execution topics and groups as new, under the names that the program knows. */
import { ERRORS } from '../../../src/kafka/errors';
import type { Workload } from '../../../src/grader/lab';
import { pause, waitFor } from '../cluster/waiting';
import { BrokerError, type Brokers } from '../drivers/live/brokers';
import type { LiveCluster } from '../drivers/live/live-cluster';
import { committedOf, offsetOf } from '../drivers/live/oracle';
import {
  DeleteGroupsV1,
  DeleteTopicsV3,
  DescribeGroupsV4,
  LeaveGroupV1,
  ListGroupsV2,
  ProduceV7,
} from '../wire/messages';
import { writeBatch } from '../wire/record-batch';

/** Deletes what an earlier execution has left and makes the workload's topics. */
export async function freshTopics(cluster: LiveCluster, { topics }: Workload): Promise<void> {
  const { brokers } = cluster;
  await evictMembers(brokers);
  const groups = await groupsOf(brokers);
  if (groups.length > 0) await brokers.askAny(DeleteGroupsV1, { groups });
  const names = topics.map(({ name }) => name);
  await brokers.askAny(DeleteTopicsV3, { names, timeoutMs: 10_000 });
  for (const { name, partitions } of topics) await createWhenGone(cluster, name, partitions);
}

async function createWhenGone(cluster: LiveCluster, name: string, partitions: number): Promise<void> {
  const assignments = Array.from({ length: partitions }, () => cluster.brokers.ids);
  const until = performance.now() + 20_000;
  for (;;) {
    try {
      await cluster.createTopic({ name, assignments });
      return;
    } catch (error) {
      const isLeft = error instanceof BrokerError && error.code === ERRORS.TOPIC_ALREADY_EXISTS;
      if (!isLeft || performance.now() > until) throw error;
      await pause(50);
    }
  }
}

/** Writes the records of a batch, each acknowledged before the next. */
export async function produceBatch(brokers: Brokers, records: Workload['batches'][number]): Promise<void> {
  for (const { topic, partition, key, value } of records) {
    const batch = writeBatch({ values: [value], keys: [key] });
    await brokers.askUntilReady(
      () => brokers.leader(topic, partition),
      ProduceV7,
      {
        transactionalId: null,
        acks: -1,
        timeoutMs: 10_000,
        topics: [{ name: topic, partitions: [{ index: partition, records: batch }] }],
      },
      ({ topics }) => topics[0]!.partitions[0]!.error,
    );
  }
}

/**
 * Takes the members of a killed process out of its group. The coordinator would do the same when their session has expired,
 * which is 45 seconds later with the client's default.
 */
export async function evictMembers(brokers: Brokers): Promise<void> {
  for (const group of await groupsOf(brokers)) {
    const whom = (): Promise<number> => brokers.coordinator('group', group);
    const members = async (): Promise<readonly string[]> => {
      const request = { groups: [group], includeAuthorizedOperations: false };
      const answer = await brokers.askOne(await whom(), DescribeGroupsV4, request);
      return answer.groups[0]!.members.map(({ memberId }) => memberId);
    };
    const evict = async (): Promise<number> => {
      const left = await members();
      for (const memberId of left) await brokers.askOne(await whom(), LeaveGroupV1, { group, memberId });
      return left.length;
    };
    await waitFor(`group ${group} to be empty`, evict, (left) => left === 0);
  }
}

/** Whether a group has members and none of them waits for a rebalance. */
export async function isGroupStable(brokers: Brokers): Promise<boolean> {
  const groups = await groupsOf(brokers);
  if (groups.length === 0) return false;
  const { groups: described } = await brokers.askAny(DescribeGroupsV4, { groups, includeAuthorizedOperations: false });
  return described.some(({ state }) => state === 'Stable');
}

/** Whether a group has committed up to the end of every partition of the topics that the workload writes to. */
export async function isAllCommitted(brokers: Brokers, { topics, batches }: Workload): Promise<boolean> {
  const groups = await groupsOf(brokers);
  const read = new Set(batches.flat().map(({ topic }) => topic));
  for (const { name, partitions } of topics.filter((topic) => read.has(topic.name))) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const end = await offsetOf(brokers, name, partition, 'ru');
      const committed = await Promise.all(groups.map((group) => committedOf(brokers, group, name, partition, false)));
      if (end > 0 && !committed.some((offset) => offset !== null && offset >= end)) return false;
    }
  }
  return true;
}

async function groupsOf(brokers: Brokers): Promise<readonly string[]> {
  return (await brokers.askAny(ListGroupsV2, {})).groups.map(({ group }) => group);
}
