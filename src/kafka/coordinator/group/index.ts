/** The group coordinator, as a broker sees it. */
import type { CoordinatorHost } from '../coordinator-host';
import { GroupCoordinator } from './group-coordinator';

export type { GroupCoordinator } from './group-coordinator';

/** Makes the coordinator of the groups of one partition; `load` it before its first request. */
export function createGroupShard(host: CoordinatorHost): GroupCoordinator {
  return new GroupCoordinator(host);
}
