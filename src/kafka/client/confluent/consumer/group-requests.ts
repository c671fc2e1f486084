/** What a member says when it joins and syncs (GRP-2, GRP-5, GRP-16). */
import type { JoinGroupRequest, SyncGroupRequest } from '../../../protocol/messages';
import type { GroupIdentity } from './committer';
import type { ConsumerOptions } from './options';

export function joinRequest(
  options: ConsumerOptions,
  identity: GroupIdentity,
  topics: readonly string[],
): JoinGroupRequest {
  return {
    api: 'JoinGroup',
    groupId: options.groupId,
    sessionTimeoutMs: options.sessionTimeoutMs,
    // librdkafka gives its poll interval to the group; the client has doubled it (CLI-45).
    rebalanceTimeoutMs: options.maxPollIntervalMs,
    memberId: identity.memberId,
    groupInstanceId: identity.groupInstanceId,
    protocolType: 'consumer',
    protocols: options.assignors.map((name) => ({ name, topics })),
  };
}

/** @param assignments filled by the leader only */
export function syncRequest(
  options: ConsumerOptions,
  identity: GroupIdentity,
  assignments: SyncGroupRequest['assignments'],
): SyncGroupRequest {
  return {
    api: 'SyncGroup',
    groupId: options.groupId,
    generationId: identity.generationId,
    memberId: identity.memberId,
    groupInstanceId: identity.groupInstanceId,
    assignments,
  };
}
