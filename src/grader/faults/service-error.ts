/** The service answers 500, and has done nothing. That it has done nothing is what the program cannot know. */
import type { Fault } from './fault';

export const serviceError: Fault = {
  kind: 'service-error',
  meaning: 'The service answers with status 500 and has done nothing.',
  strikes: 'send',
  choice: 'refuse',
  isPossible: (request) => request.kind === 'effect',
  matters: (request) => request.kind === 'effect',
};
