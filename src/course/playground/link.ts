/**
 * Links to a run of the playground. All of it is behind the `#`, compressed; a link opens as a copy and is kept only
 * when its reader changes something.
 */
import { decodeCode, encodeCode } from '../lab-code';
import { readState, type PlaygroundState } from './state';

/**
 * What states are full of, for the compression to begin with. A link made with another text cannot be read, so it changes
 * together with the meaning of states only.
 */
const DICTIONARY =
  '"isolation.level":"read_uncommitted","max.poll.interval.ms":"group.instance.id":"partition.assignment.strategy":' +
  '"range","session.timeout.ms":"6000","heartbeat.interval.ms":"max.poll.records":"auto.commit.interval.ms":' +
  '"transaction.timeout.ms":"retry.backoff.max.ms":"retry.backoff.ms":"request.timeout.ms":"delivery.timeout.ms":' +
  '"linger.ms":"max.in.flight":"retries":"0","transactional.id":"tx","transaction":"2","abort-every":"in-hand":"starts":' +
  '"unclean.leader.election.enable":"true","min.insync.replicas":"2","replication.factor":"partitions":"brokers":"1",' +
  '"group.initial.rebalance.delay.ms":"0","broker.session.timeout.ms":"3000","replica.lag.time.max.ms":"3000"' +
  '{"at":,"does":"drop-response P1 Produce by=swallow"},{"at":,"does":"drop-request P1 Produce"},' +
  '{"at":,"does":"stop coordinator(g)"},{"at":,"does":"kill leader(orders/0)"},{"at":,"does":"restart 1"},' +
  '{"at":,"does":"pause 2"},{"at":,"does":"resume 2"},{"at":,"does":"kill C1"},{"at":,"does":"start C1"}' +
  '"group.id":"auto.offset.reset":"earliest","enable.auto.commit":"false","commits":"after","work":"100"' +
  '{"setup":{"client":"C","seed":0,"cluster":{},"topic":{},"producers":[{"records":"8","pace":"200","acks":"1",' +
  '"idempotence":"false"}],"consumers":[{"auto.offset.reset":"earliest"}]},"actions":[],"until":';

/** Longer links are cut off by some of the programs that they pass through. */
export const LINK_LENGTH_MAX = 2000;

export type LinkProblem = 'newer' | 'damaged';

export type OpenedLink =
  { readonly ok: true; readonly state: PlaygroundState } | { readonly ok: false; readonly problem: LinkProblem };

/** The fragment with its `#`. */
export function formatPlaygroundLink(state: PlaygroundState): string {
  return `#run=${encodeCode(JSON.stringify(state), DICTIONARY)}`;
}

/** Null for a fragment that is no link to a run. */
export function openPlaygroundLink(fragment: string): OpenedLink | null {
  const run = new URLSearchParams(fragment.replace(/^#/, '')).get('run');
  if (run === null) return null;
  const decoded = decodeCode(run, DICTIONARY);
  if (!decoded.ok) return { ok: false, problem: decoded.problem === 'damaged' ? 'damaged' : 'newer' };
  const state = readState(parsed(decoded.code));
  // The text is what somebody wrote, so a setting that is unknown here is known elsewhere.
  return state === null ? { ok: false, problem: 'newer' } : { ok: true, state };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The text is whole, and none of ours: no state.
    return null;
  }
}
