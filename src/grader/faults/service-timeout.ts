/** The service does its work and never answers: the caller waits for as long as its client waits, and gets an error. */
import type { Fault } from './fault';

export const serviceTimeout: Fault = {
  kind: 'service-timeout',
  meaning: 'The service does its work and never answers: the call fails after the time-out of its client.',
  strikes: 'effect',
  choice: 'silence',
  isPossible: (request) => request.kind === 'effect',
  matters: (request) => request.kind === 'effect' && request.isMutating,
};
