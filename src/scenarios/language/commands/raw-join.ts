import { defineCommand } from '../define-command';
import { duration, list, named } from '../words';

export const rawJoin = defineCommand({
  name: 'raw join',
  words: { group: named('group'), member: named('member') },
  options: { topics: list(named('topic')), static: named('instance id'), session: duration, rebalance: duration },
  about:
    'JoinGroup v5. A new member (with its MEMBER_ID_REQUIRED round) or, if the name has joined before, the same member again; its topics and instance id are remembered. The answer comes when the join phase ends, so usually `async`. Prints `ok generation=N`, `ok generation=N leader` for the leader, or `error TYPE`.',
});
