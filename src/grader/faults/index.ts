/**
 * The fault catalogue, in didactic order (exploration.md c.2): of two equally small failures the one that comes first
 * here is shown. One file a fault.
 */
import { crash } from './crash';
import type { Fault } from './fault';
import { lostAnswer } from './lost-answer';
import { lostRequest } from './lost-request';
import { restart } from './restart';
import type { FaultKind } from '../verdict';

export const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  crash,
  'lost-answer': lostAnswer,
  'lost-request': lostRequest,
  restart,
};

export const FAULT_ORDER: readonly FaultKind[] = ['crash', 'lost-answer', 'lost-request', 'restart'];
