/**
 * Links to a run of the playground. All of it is behind the `#`, compressed; a link opens as a copy and is kept only
 * when its reader changes something.
 */
import { checksum, packText, unpackText } from '../packed-text';
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

/** No state is larger, not even one with everything set and a hundred actions; a link to more is none of ours. */
const STATE_BYTES_MAX = 30_000;

/** Of the text to begin with and the meaning of states together. Its checksum is in front, so that a cut link is told. */
const VERSION = '2';

/** `newer`: whole, and made by a page that knows more. */
export type LinkProblem = 'newer' | 'damaged' | 'too-large';

export type OpenedLink =
  { readonly ok: true; readonly state: PlaygroundState } | { readonly ok: false; readonly problem: LinkProblem };

/** The fragment with its `#`. */
export function formatPlaygroundLink(state: PlaygroundState): string {
  const rest = `${VERSION}.${packText(JSON.stringify(state), DICTIONARY)}`;
  return `#run=${checksum(rest)}.${rest}`;
}

/** Null for a fragment that is no link to a run. */
export function openPlaygroundLink(fragment: string): OpenedLink | null {
  // Before anything looks at all of it.
  if (fragment.length > 2 * STATE_BYTES_MAX)
    return /^#?run=/.test(fragment) ? { ok: false, problem: 'too-large' } : null;
  const run = new URLSearchParams(fragment.replace(/^#/, '')).get('run');
  return run === null ? null : opened(run);
}

function opened(run: string): OpenedLink {
  const [, check, rest, version, packed] = /^([0-9a-z]{4})\.((\d{1,4})\.(\S*))$/.exec(run) ?? [];
  // Of every version the checksum is in front: what does not fit was changed on its way, or cut.
  if (rest === undefined || packed === undefined || check !== checksum(rest)) return { ok: false, problem: 'damaged' };
  if (version !== VERSION) return { ok: false, problem: 'newer' };
  const unpacked = unpackText(packed, DICTIONARY, STATE_BYTES_MAX);
  if (!unpacked.ok) return unpacked;
  const parsed = parsedOrNull(unpacked.text);
  if (parsed === null) return { ok: false, problem: 'damaged' };
  const state = readState(parsed);
  // The text is what a page wrote, so a setting that is unknown here is known elsewhere.
  return state === null ? { ok: false, problem: 'newer' } : { ok: true, state };
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No page writes what is no JSON.
    return null;
  }
}
