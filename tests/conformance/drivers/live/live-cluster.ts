/** The cluster that scenarios run on: one that the project has started and may break, or one that is there already. */
import type { KafkaCluster } from '../../cluster/cluster';
import { pause, waitFor } from '../../cluster/waiting';
import { ERRORS } from '../../../../src/kafka/errors';
import { PROXIED_LISTENERS } from '../../cluster/settings';
import { CreateTopicsV3, ElectLeadersV1 } from '../../wire/messages';
import { BrokerError, Brokers } from './brokers';
import { Proxy } from './proxy';

/** Until no fetch that was under way can carry a record into a paused follower: twice the brokers' fetch wait, and some. */
const OUTSTANDING_FETCH_MS = 500;
const PROBE = 'probe';

export interface TopicSpec {
  readonly name: string;
  /** Replicas of each partition, the preferred leader first. */
  readonly assignments: readonly (readonly number[])[];
  readonly configs?: Readonly<Record<string, string>>;
}

export class LiveCluster {
  private readonly freeListeners: number[];
  private hasProbe = false;

  private constructor(
    readonly brokers: Brokers,
    readonly bootstrap: string,
    /** Null for a cluster that is somebody else's: nothing is killed there and no proxy stands before it. */
    readonly local: KafkaCluster | null,
  ) {
    this.freeListeners = local === null ? [] : Array.from({ length: PROXIED_LISTENERS }, (_, index) => index + 1);
  }

  static async of(cluster: KafkaCluster): Promise<LiveCluster> {
    return new LiveCluster(await Brokers.find(cluster.bootstrap), cluster.bootstrap, cluster);
  }

  static async at(bootstrap: string): Promise<LiveCluster> {
    return new LiveCluster(await Brokers.find(bootstrap), bootstrap, null);
  }

  get size(): number {
    return this.brokers.addresses.length;
  }

  /** Creates the topic and waits until its leaders answer. */
  async createTopic({ name, assignments, configs = {} }: TopicSpec): Promise<void> {
    const topic = {
      name,
      partitions: -1,
      replicationFactor: -1,
      assignments: assignments.map((brokers, partition) => ({ partition, brokers })),
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    };
    const { topics } = await this.brokers.askAny(CreateTopicsV3, {
      topics: [topic],
      timeoutMs: 10_000,
      validateOnly: false,
    });
    if (topics[0]!.error !== 0) throw new BrokerError(topics[0]!.error);
    await this.waitForFullIsr(name, assignments.length);
  }

  /** A proxy in front of every broker for one client; null when all listeners are taken by others. */
  async openProxy(): Promise<{ readonly proxy: Proxy; readonly bootstrap: string; close(): Promise<void> } | null> {
    const listener = this.freeListeners.shift();
    if (this.local === null || listener === undefined) return null;
    const routes = this.local.proxied(listener);
    const proxy = await Proxy.listen(routes);
    return {
      proxy,
      bootstrap: routes.map(({ from }) => `127.0.0.1:${from}`).join(','),
      close: async () => {
        await proxy.close();
        this.freeListeners.push(listener);
      },
    };
  }

  async kill(ids: readonly number[]): Promise<void> {
    await this.forEach(ids, async (id) => {
      this.brokers.avoid(id);
      await this.mine().broker(id).kill();
    });
  }

  async stop(ids: readonly number[]): Promise<void> {
    await this.forEach(ids, async (id) => {
      await this.mine().broker(id).stop();
      this.brokers.avoid(id);
    });
  }

  async pause(ids: readonly number[]): Promise<void> {
    await this.forEach(ids, async (id) => {
      this.brokers.avoid(id);
      this.mine().broker(id).pause();
    });
    await pause(OUTSTANDING_FETCH_MS);
  }

  async resume(ids: readonly number[]): Promise<void> {
    await this.forEach(ids, async (id) => {
      this.mine().broker(id).resume();
      this.brokers.trust(id);
    });
  }

  async restart(ids: readonly number[]): Promise<void> {
    await this.forEach(ids, async (id) => {
      await this.mine().broker(id).start();
      this.brokers.trust(id);
    });
  }

  /** Wakes and starts every broker, waits until all replicas are in sync again and gives each leader its place back. */
  async heal(): Promise<void> {
    const { brokers } = this.mine();
    await Promise.all(
      brokers.map(async (node) => {
        if (node.isUp) node.resume();
        else await node.start();
        this.brokers.trust(node.id);
        this.brokers.drop(node.id);
      }),
    );
    if (!this.hasProbe) await this.createProbe();
    const topics = this.size === 1 ? [PROBE] : [PROBE, '__consumer_offsets', '__transaction_state'];
    for (const topic of topics) await this.waitForFullIsr(topic);
    const isWhole = async (): Promise<boolean> => {
      await this.brokers.askAny(ElectLeadersV1, { electionType: 0, topics: null, timeoutMs: 10_000 });
      const described = await Promise.all(topics.map((topic) => this.brokers.describe(topic)));
      return described.flat().every(({ leader, replicas }) => leader === replicas[0]);
    };
    await waitFor('preferred leaders', isWhole, Boolean, { withinMs: 30_000, everyMs: 200 });
  }

  private async createProbe(): Promise<void> {
    const assignments =
      this.size === 1
        ? [[1]]
        : [
            [1, 2, 3],
            [2, 3, 1],
            [3, 1, 2],
          ];
    try {
      await this.createTopic({ name: PROBE, assignments });
    } catch (error) {
      if (!(error instanceof BrokerError && error.code === ERRORS.TOPIC_ALREADY_EXISTS)) throw error;
    }
    // The internal topics come into being when somebody asks for a coordinator.
    await waitFor(
      'a group coordinator',
      () => this.brokers.coordinator('group', PROBE),
      () => true,
    );
    await waitFor(
      'a transaction coordinator',
      () => this.brokers.coordinator('transaction', PROBE),
      () => true,
    );
    this.hasProbe = true;
  }

  private async waitForFullIsr(topic: string, partitions = 1): Promise<void> {
    await waitFor(
      `all replicas of ${topic} in sync`,
      () => this.brokers.describe(topic),
      (found) =>
        found.length >= partitions &&
        found.every(({ leader, isr, replicas }) => leader >= 0 && isr.length === replicas.length),
      { withinMs: 60_000 },
    );
  }

  private async forEach(ids: readonly number[], act: (id: number) => Promise<void>): Promise<void> {
    await Promise.all(ids.map(act));
  }

  private mine(): KafkaCluster {
    if (this.local === null)
      throw new Error('This cluster was not started by the project; its brokers are left alone.');
    return this.local;
  }
}
