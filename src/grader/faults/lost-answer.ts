/** A lost answer: the request took effect, and the connection breaks before the sender learns of it. */
import type { Fault } from './fault';
import { lostRequest } from './lost-request';

export const lostAnswer: Fault = {
  kind: 'lost-answer',
  meaning: 'The request takes effect, then the connection breaks: the sender cannot tell.',
  strikes: 'effect',
  choice: 'lose',
  matters: lostRequest.matters,
};
