/**
 * The group's coordinator refuses the offsets of a transaction: GROUP_AUTHORIZATION_FAILED, as while a permission is
 * missing. To the client that is an abortable error (TXC-5, CLI-47): the transaction can only be aborted, and the producer
 * lives on.
 */
import type { Fault } from './fault';

export const abortableError: Fault = {
  kind: 'abortable-error',
  meaning:
    'The coordinator refuses the offsets of a transaction, GROUP_AUTHORIZATION_FAILED: the transaction can only be aborted.',
  strikes: 'send',
  choice: 'refuse',
  isPossible: (request) => request.kind === 'txn-offsets',
  matters: (request) => request.kind === 'txn-offsets',
};
