/** Runs to begin with: each shows one thing, and how far it has got is where that can be seen. */
import type { PlaygroundState, Setup } from './state';
import type { Values } from './settings';

export const PRESET_IDS = [
  'quiet',
  'acks-1',
  'min-isr',
  'zombie',
  'read-committed',
  'rebalance',
  'lost-answer',
  'pipeline',
] as const;

export type PresetId = (typeof PRESET_IDS)[number];

/** Soon enough to be looked at; the clusters of the tests have the same. */
const QUICK: Values = {
  'replica.lag.time.max.ms': '3000',
  'broker.session.timeout.ms': '3000',
  'group.initial.rebalance.delay.ms': '0',
};

const READER: Values = { 'auto.offset.reset': 'earliest' };

function setup(given: Partial<Setup>): Setup {
  return { client: 'C', seed: 0, cluster: QUICK, topic: {}, producers: [{}], consumers: [READER], ...given };
}

export const PRESETS: Readonly<Record<PresetId, PlaygroundState>> = {
  quiet: {
    setup: setup({}),
    actions: [],
    until: 2500,
  },
  // The follower's copy is behind when the leader dies: it had stopped fetching, and acks=1 does not wait for it.
  'acks-1': {
    setup: setup({
      topic: { 'replication.factor': '2', 'unclean.leader.election.enable': 'true' },
      producers: [{ acks: '1' }],
    }),
    actions: [
      { at: 500, does: 'pause 2' },
      { at: 1900, does: 'kill 1' },
      { at: 2000, does: 'resume 2' },
    ],
    until: 9000,
  },
  'min-isr': {
    setup: setup({
      topic: { 'min.insync.replicas': '2' },
      producers: [{ records: '10', pace: '1000', 'in-hand': '4', 'delivery.timeout.ms': '4000' }],
    }),
    actions: [
      { at: 1500, does: 'kill 2' },
      { at: 2500, does: 'kill 3' },
      { at: 13_000, does: 'restart 2' },
    ],
    until: 18_000,
  },
  zombie: {
    setup: setup({
      producers: [{ records: '6', pace: '300', 'transactional.id': 'tx', transaction: '3' }],
    }),
    actions: [
      { at: 500, does: 'pause P1' },
      { at: 1000, does: 'start P1' },
      { at: 3500, does: 'resume P1' },
    ],
    until: 4500,
  },
  'read-committed': {
    setup: setup({
      producers: [{ records: '8', pace: '150', 'transactional.id': 'tx', transaction: '2', 'abort-every': '2' }],
      consumers: [
        { ...READER, 'group.id': 'committed' },
        { ...READER, 'group.id': 'uncommitted', 'isolation.level': 'read_uncommitted' },
      ],
    }),
    actions: [],
    until: 3000,
  },
  rebalance: {
    setup: setup({
      topic: { partitions: '2' },
      producers: [{ records: '12', pace: '400' }],
      consumers: [
        { ...READER, work: '100', 'session.timeout.ms': '6000', 'heartbeat.interval.ms': '1000' },
        { ...READER, work: '100', 'session.timeout.ms': '6000', 'heartbeat.interval.ms': '1000' },
      ],
    }),
    actions: [{ at: 2500, does: 'kill C2' }],
    until: 12_000,
  },
  // It dies with a result written and its transaction open: who comes next aborts that, and does the record again.
  pipeline: {
    setup: setup({
      producers: [{ records: '6', pace: '200' }],
      consumers: [{ ...READER, results: 'transactions', work: '100', 'session.timeout.ms': '6000' }],
    }),
    actions: [
      { at: 722, does: 'kill C1' },
      { at: 1000, does: 'start C1' },
    ],
    until: 10_000,
  },
  'lost-answer': {
    setup: setup({ producers: [{ records: '4', idempotence: 'false' }] }),
    actions: [{ at: 450, does: 'drop-response P1 Produce' }],
    until: 2500,
  },
};
