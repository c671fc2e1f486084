import { defineCommand } from '../define-command';
import { list, named, partition, type TopicPartition } from '../words';

export const rawSync = defineCommand({
  name: 'raw sync',
  words: { group: named('group'), member: named('member') },
  options: {
    assign: list({
      shows: '<member>:<topic>/<partition>',
      read(word: string): { readonly member: string; readonly partition: TopicPartition } {
        const [member, ...rest] = word.split(':');
        return { member: named('member').read(member), partition: partition.read(rest.join(':')) };
      },
    }),
  },
  about:
    "SyncGroup v3 with the member's generation; the leader gives the assignment, `assign=A:t/0,B:t/1`. Prints `ok t/0` (its own part), `ok nothing`, or `error TYPE`.",
});
