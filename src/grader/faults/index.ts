/**
 * The fault catalogue, in didactic order (exploration.md c.2): of two equally small failures the one that comes first
 * here is shown. One file a fault.
 */
import { abortableError } from './abortable-error';
import { brokerCrash } from './broker-crash';
import { brokerPause } from './broker-pause';
import { brokerRestart } from './broker-restart';
import { connectionLostAfterCommit } from './connection-lost-after-commit';
import { connectionLostBeforeCommit } from './connection-lost-before-commit';
import { coordinatorMove } from './coordinator-move';
import { crash } from './crash';
import { delay } from './delay';
import { failOver } from './fail-over';
import type { Fault } from './fault';
import { isrShrink } from './isr-shrink';
import { lostAnswer } from './lost-answer';
import { lostRequest } from './lost-request';
import { pause } from './pause';
import { poison } from './poison';
import { reorder } from './reorder';
import { restart } from './restart';
import { sendError } from './send-error';
import { serviceError } from './service-error';
import { serviceTimeout } from './service-timeout';
import { uncleanFailOver } from './unclean-fail-over';
import type { FaultKind } from '../verdict';

export const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  crash,
  'lost-answer': lostAnswer,
  'lost-request': lostRequest,
  'connection-lost-before-commit': connectionLostBeforeCommit,
  'connection-lost-after-commit': connectionLostAfterCommit,
  'service-error': serviceError,
  'service-timeout': serviceTimeout,
  'send-error': sendError,
  'abortable-error': abortableError,
  pause,
  restart,
  delay,
  reorder,
  poison,
  'broker-crash': brokerCrash,
  'broker-restart': brokerRestart,
  'broker-pause': brokerPause,
  'fail-over': failOver,
  'coordinator-move': coordinatorMove,
  'isr-shrink': isrShrink,
  'unclean-fail-over': uncleanFailOver,
};

export const FAULT_ORDER: readonly FaultKind[] = [
  'crash',
  'lost-answer',
  'lost-request',
  'connection-lost-after-commit',
  'connection-lost-before-commit',
  'service-error',
  'service-timeout',
  'send-error',
  'abortable-error',
  'pause',
  'restart',
  'delay',
  'reorder',
  'poison',
  'broker-crash',
  'broker-restart',
  'broker-pause',
  'fail-over',
  'coordinator-move',
  'isr-shrink',
  'unclean-fail-over',
];
