/**
 * The broker that a request goes to dies before it takes it, and stays away until the faults are over (REP-7). Another
 * in-sync replica leads what it led when its session has run out.
 */
import { isStored, type Fault } from './fault';

export const brokerCrash: Fault = {
  kind: 'broker-crash',
  meaning: 'The broker that a request goes to dies before it takes it, and comes back only when the faults are over.',
  strikes: 'send',
  choice: 'default',
  // The last one that runs is spared: nothing could go on without it.
  isPossible: (request, outages) => {
    const broker = outages.brokerOf(request);
    return broker !== null && outages.othersRunning(broker) > 0;
  },
  matters: isStored,
  disturb: (outages, request) => outages.kill(outages.brokerOf(request)!),
};
