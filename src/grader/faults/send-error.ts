/**
 * A broker refuses a produce request for good: MESSAGE_TOO_LARGE, as while a topic's `max.message.bytes` is set too low
 * (ACK-1). Nothing is stored, and the client does not try again; inside a transaction only an abort is possible then (TXC-2,
 * CLI-48). What a client tries again until it has had enough is `isr-shrink`.
 */
import type { Fault } from './fault';

export const sendError: Fault = {
  kind: 'send-error',
  meaning: 'The broker refuses to store what is sent, MESSAGE_TOO_LARGE: nothing is stored, and the client gives up.',
  strikes: 'send',
  choice: 'refuse',
  isPossible: (request) => request.kind === 'produce',
  matters: (request) => request.kind === 'produce',
};
