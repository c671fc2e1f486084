/**
 * The fault catalogue, in didactic order (exploration.md c.2): of two equally small failures the one that comes first
 * here is shown. One file a fault.
 */
import { connectionLostAfterCommit } from './connection-lost-after-commit';
import { connectionLostBeforeCommit } from './connection-lost-before-commit';
import { crash } from './crash';
import type { Fault } from './fault';
import { lostAnswer } from './lost-answer';
import { lostRequest } from './lost-request';
import { pause } from './pause';
import { restart } from './restart';
import { serviceError } from './service-error';
import { serviceTimeout } from './service-timeout';
import type { FaultKind } from '../verdict';

export const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  crash,
  'lost-answer': lostAnswer,
  'lost-request': lostRequest,
  'connection-lost-before-commit': connectionLostBeforeCommit,
  'connection-lost-after-commit': connectionLostAfterCommit,
  'service-error': serviceError,
  'service-timeout': serviceTimeout,
  pause,
  restart,
};

export const FAULT_ORDER: readonly FaultKind[] = [
  'crash',
  'lost-answer',
  'lost-request',
  'connection-lost-after-commit',
  'connection-lost-before-commit',
  'service-error',
  'service-timeout',
  'pause',
  'restart',
];
