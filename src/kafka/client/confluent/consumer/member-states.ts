/** States of a group member as its client sees them (GRP-2, GRP-3, GRP-5; librdkafka `rd_kafka_cgrp_join_state_t`). */

export type MemberState =
  | 'unsubscribed'
  /** JoinGroup is out, or will be again after a pause. */
  | 'joining'
  /** SyncGroup is out. */
  | 'syncing'
  /** It has an assignment; the delivery has not taken it yet. */
  | 'assigning'
  | 'stable'
  /** It has to give up its partitions; the delivery is still at work on them. */
  | 'revoking'
  /** The partitions are given up; their last commit has no answer yet. */
  | 'committing'
  | 'leaving'
  | 'closed'
  /** Another member has its instance id (GRP-12, CLI-53). */
  | 'fenced';

/** The lesson's diagram of a member's life is drawn from this table. */
export const MEMBER_TRANSITIONS: Readonly<Record<MemberState, readonly MemberState[]>> = {
  unsubscribed: ['joining', 'leaving', 'fenced'],
  joining: ['syncing', 'joining', 'leaving', 'fenced'],
  syncing: ['assigning', 'joining', 'leaving', 'fenced'],
  assigning: ['stable', 'joining', 'leaving', 'fenced'],
  stable: ['revoking', 'joining', 'leaving', 'fenced'],
  revoking: ['committing', 'joining', 'leaving', 'fenced'],
  committing: ['joining', 'leaving', 'fenced'],
  leaving: ['closed'],
  closed: [],
  fenced: ['leaving'],
};
