/** All commands that a driver carries out, in the order of the README. */
import type { CommandDefinition, CommandOf } from '../define-command';
import { abort } from './abort';
import { adminCommitted } from './admin-committed';
import { advance } from './advance';
import { assigned } from './assigned';
import { assignments } from './assignments';
import { begin } from './begin';
import { close } from './close';
import { cluster } from './cluster';
import { commit } from './commit';
import { commitOffset } from './commit-offset';
import { committed } from './committed';
import { connection } from './connection';
import { consumer } from './consumer';
import { coordinator } from './coordinator';
import { cut } from './cut';
import { delayRequest } from './delay-request';
import { deleteRecords } from './delete-records';
import { delivered } from './delivered';
import { done } from './done';
import { dropRequest } from './drop-request';
import { dropResponse } from './drop-response';
import { elect } from './elect';
import { elr } from './elr';
import { endOffset } from './end-offset';
import { group } from './group';
import { heal } from './heal';
import { isr } from './isr';
import { kill } from './kill';
import { leader } from './leader';
import { log } from './log';
import { ownCommitted } from './own-committed';
import { pause } from './pause';
import { produce } from './produce';
import { processed } from './processed';
import { producer } from './producer';
import { rawAddOffsets } from './raw-add-offsets';
import { rawAddPartitions } from './raw-add-partitions';
import { rawCommit } from './raw-commit';
import { rawEndTxn } from './raw-end-txn';
import { rawHeartbeat } from './raw-heartbeat';
import { rawInitProducer } from './raw-init-producer';
import { rawJoin } from './raw-join';
import { rawLeave } from './raw-leave';
import { rawProduce } from './raw-produce';
import { rawSync } from './raw-sync';
import { rawTxnCommit } from './raw-txn-commit';
import { read } from './read';
import { replica } from './replica';
import { resolve } from './resolve';
import { restart } from './restart';
import { resume } from './resume';
import { seek } from './seek';
import { send } from './send';
import { sendEach } from './send-each';
import { sendOffsets } from './send-offsets';
import { state } from './state';
import { stop } from './stop';
import { take } from './take';
import { throwError } from './throw';
import { tid } from './tid';
import { topic } from './topic';
import { values } from './values';
import { write } from './write';

const definitions = [
  cluster,
  topic,
  group,
  tid,
  produce,
  deleteRecords,
  elect,
  producer,
  begin,
  send,
  sendEach,
  write,
  commit,
  abort,
  sendOffsets,
  connection,
  consumer,
  take,
  done,
  throwError,
  resolve,
  commitOffset,
  ownCommitted,
  seek,
  assigned,
  assignments,
  delivered,
  processed,
  state,
  close,
  adminCommitted,
  read,
  log,
  values,
  replica,
  endOffset,
  committed,
  leader,
  isr,
  elr,
  coordinator,
  kill,
  stop,
  pause,
  resume,
  restart,
  dropRequest,
  dropResponse,
  delayRequest,
  cut,
  heal,
  advance,
  rawInitProducer,
  rawProduce,
  rawAddPartitions,
  rawAddOffsets,
  rawTxnCommit,
  rawEndTxn,
  rawJoin,
  rawSync,
  rawHeartbeat,
  rawCommit,
  rawLeave,
] as const;

/** A line of a scenario, read: the union of what all definitions make. */
export type Command = CommandOf<(typeof definitions)[number]>;
export type CommandName = Command['command'];
export type CommandNamed<Name extends CommandName> = Extract<Command, { readonly command: Name }>;

export const COMMANDS: readonly CommandDefinition[] = definitions;
