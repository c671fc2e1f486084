/**
 * A pause: the whole process freezes right before a request leaves (a suspended machine, a stopped container) for longer
 * than its group waits for it. The group puts it out, a second instance takes its place, and then it wakes up: a zombie
 * (GRP-9) that goes on in the middle of its work and sends what it was about to send.
 */
import type { RequestKind } from '../../simulation/network';
import type { Fault } from './fault';

/** What a program's work is made of; offsets and the end of a transaction are where a zombie is told (TXC-5, TXN-16). */
const WORK: readonly RequestKind[] = ['effect', 'query', 'produce', 'commit', 'txn-offsets', 'end-txn'];

export const pause: Fault = {
  kind: 'pause',
  meaning: 'The process freezes until its group has replaced it, and then goes on where it was.',
  strikes: 'send',
  choice: 'pause',
  // To wake up before something that changes nothing is only a delay.
  matters: ({ isMutating, kind }) => isMutating && WORK.includes(kind),
};
