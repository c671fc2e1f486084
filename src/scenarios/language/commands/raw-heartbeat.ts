import { defineCommand } from '../define-command';
import { named, number } from '../words';

export const rawHeartbeat = defineCommand({
  name: 'raw heartbeat',
  words: { group: named('group'), member: named('member') },
  options: { generation: number('generation') },
  isQuery: true,
  about: 'Heartbeat v3. Prints `ok` or `error TYPE`.',
});
