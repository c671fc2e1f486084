import { defineCommand } from '../define-command';
import { list, named, number } from '../words';

export const topic = defineCommand({
  name: 'topic',
  words: { topic: named('topic') },
  flags: ['unclean'],
  options: {
    partitions: number('count'),
    replicas: list(number('broker')),
    'min-isr': number('count'),
    'max-message-bytes': number('bytes'),
  },
  about:
    'Makes a topic: one partition, a replica on every broker in the order 1,2,3, unless told otherwise. `replicas` is the replica list of every partition, its first the preferred leader; `unclean` allows unclean election.',
});
