/**
 * The followers have fallen out of the ISR, the leader stores a write alone, answers for it (ACK-6), and dies. Where
 * `unclean.leader.election.enable` is set, a follower without the write leads from here on (REP-5); where it is not, the
 * partition waits for its last leader (REP-6).
 */
import { isStored, type Fault } from './fault';

export const uncleanFailOver: Fault = {
  kind: 'unclean-fail-over',
  meaning:
    'A leader whose followers have left the ISR stores a write alone and dies; with unclean elections a follower without it takes over.',
  strikes: 'effect',
  choice: 'default',
  isPossible: (request, outages) =>
    request.kind === 'produce' && outages.followersOf(outages.partitionOf(request)).length > 0,
  matters: isStored,
  disturb: (outages, request) => outages.leaveAlone(outages.partitionOf(request)!),
};
