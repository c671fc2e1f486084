/**
 * A follower's fetchers hang before a write reaches its leader: it lives, and copies nothing. The write waits for it until
 * it has left the ISR (ISR-3, ACK-5, ACK-8); from then on there is one copy less of everything, until the faults are over.
 */
import { isStored, type Fault } from './fault';

export const isrShrink: Fault = {
  kind: 'isr-shrink',
  meaning: 'A follower copies nothing any more: after replica.lag.time.max.ms it is out of the ISR.',
  strikes: 'send',
  choice: 'default',
  isPossible: (request, outages) =>
    request.kind === 'produce' && outages.followersOf(outages.partitionOf(request)).length > 0,
  matters: isStored,
  disturb: (outages, request) => outages.hang(outages.followersOf(outages.partitionOf(request))[0]!),
};
