/**
 * The settings of the brokers that tests run against (kafka-semantics §18): everything as Kafka has it, but for the times,
 * which are short so that a fault shows within seconds, and the sizes, which are small so that three brokers fit a laptop.
 */

/** Numbers of brokers that a cluster is started with. */
export type ClusterSize = 1 | 3;

/** The controller is a process of its own: a paused or killed broker must never stop the quorum. */
export const CONTROLLER_ID = 100;

/** Listeners of each broker that are advertised at the address of a proxy, so that answers can be lost on the way. */
export const PROXIED_LISTENERS = 6;

const PROXY_SHIFT = 500;
const CONTROLLER_PORT = 90;

/** Ports from the base on that belong to one cluster. */
export const PORT_SPAN = 600;

/** Where everything listens, counted from the base port of the cluster. */
export const portsOf = {
  broker: (base: number, id: number): number => base + id,
  controller: (base: number): number => base + CONTROLLER_PORT,
  /** The socket that the broker opens for a proxied listener, 1 to {@link PROXIED_LISTENERS}. */
  behindProxy: (base: number, id: number, listener: number): number => base + 10 * id + listener,
  /** The address that the broker advertises for it. */
  proxy: (base: number, id: number, listener: number): number => base + 10 * id + listener + PROXY_SHIFT,
} as const;

/** Every port that a cluster of that size uses, for probing. */
export function allPorts(base: number, size: ClusterSize): number[] {
  const listeners = Array.from({ length: PROXIED_LISTENERS }, (_, index) => index + 1);
  const brokers = brokerIds(size).flatMap((id) => [
    portsOf.broker(base, id),
    ...listeners.flatMap((listener) => [portsOf.behindProxy(base, id, listener), portsOf.proxy(base, id, listener)]),
  ]);
  return [portsOf.controller(base), ...brokers];
}

export function brokerIds(size: ClusterSize): number[] {
  return Array.from({ length: size }, (_, index) => index + 1);
}

type Properties = Readonly<Record<string, string | number | boolean>>;

/** Fencing: the controller decides, so its own file needs both; too long a heartbeat there is logged as an error. */
const LIVENESS: Properties = {
  'broker.session.timeout.ms': 3000,
  'broker.heartbeat.interval.ms': 500,
};

const QUICK: Properties = {
  'replica.lag.time.max.ms': 3000,
  'replica.fetch.wait.max.ms': 200,
  'auto.create.topics.enable': false,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
};

const SMALL: Properties = {
  'offsets.topic.num.partitions': 3,
  'transaction.state.log.num.partitions': 3,
  'num.network.threads': 2,
  'num.io.threads': 4,
  'log.cleaner.dedupe.buffer.size': 16_777_216,
};

function replication(size: ClusterSize): Properties {
  return {
    'offsets.topic.replication.factor': size,
    'transaction.state.log.replication.factor': size,
    'transaction.state.log.min.isr': size === 1 ? 1 : 2,
    'share.coordinator.state.topic.replication.factor': size,
    'share.coordinator.state.topic.min.isr': 1,
  };
}

/** What `server.properties` of broker `id` holds. `extra` is appended: of two equal keys Kafka takes the later one. */
export function brokerProperties(
  base: number,
  id: number,
  size: ClusterSize,
  dataDir: string,
  extra: Properties = {},
): string {
  const proxied = Array.from({ length: PROXIED_LISTENERS }, (_, index) => index + 1);
  const plain = `PLAINTEXT://127.0.0.1:${portsOf.broker(base, id)}`;
  const listeners = proxied.map((listener) => `P${listener}://127.0.0.1:${portsOf.behindProxy(base, id, listener)}`);
  const advertised = proxied.map((listener) => `P${listener}://127.0.0.1:${portsOf.proxy(base, id, listener)}`);
  return asText({
    ...quorum(base),
    'process.roles': 'broker',
    'node.id': id,
    listeners: [plain, ...listeners].join(','),
    'advertised.listeners': [plain, ...advertised].join(','),
    'listener.security.protocol.map': [
      'CONTROLLER:PLAINTEXT',
      'PLAINTEXT:PLAINTEXT',
      ...proxied.map((listener) => `P${listener}:PLAINTEXT`),
    ].join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': dataDir,
    ...LIVENESS,
    ...QUICK,
    ...SMALL,
    ...replication(size),
    ...extra,
  });
}

/** What `server.properties` of the controller holds. */
export function controllerProperties(base: number, dataDir: string): string {
  return asText({
    ...quorum(base),
    'process.roles': 'controller',
    'node.id': CONTROLLER_ID,
    listeners: `CONTROLLER://127.0.0.1:${portsOf.controller(base)}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': dataDir,
    ...LIVENESS,
  });
}

function quorum(base: number): Properties {
  return {
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `${CONTROLLER_ID}@127.0.0.1:${portsOf.controller(base)}`,
  };
}

function asText(properties: Properties): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** The one appender of every JVM: standard error, because some print an answer to standard output. */
export const LOG4J = `Configuration:
  Appenders:
    Console:
      name: STDERR
      target: SYSTEM_ERR
      PatternLayout:
        pattern: '[%d] %p %m (%c)%n'
  Loggers:
    Root:
      level: INFO
      AppenderRef:
        - ref: STDERR
`;
