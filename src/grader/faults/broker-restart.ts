/**
 * A broker is killed when it has stored what a request asked for and before it answers, and is started again at once: it may
 * register when its former session is over, as a follower where others lead by then (REP-6, REP-7, PID-2).
 */
import { isStored, type Fault } from './fault';

export const brokerRestart: Fault = {
  kind: 'broker-restart',
  meaning: 'A broker dies after it has stored and passed on a write and before it answers, and is started again.',
  strikes: 'effect',
  choice: 'lose',
  isPossible: (request, outages) => outages.brokerOf(request) !== null,
  matters: isStored,
  disturb: (outages, request) => {
    const broker = outages.brokerOf(request)!;
    outages.killSoon(broker, false);
    outages.startSoon(broker);
  },
};
