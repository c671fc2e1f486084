import { defineCommand } from '../define-command';
import { list, named, number } from '../words';

export const topic = defineCommand({
  name: 'topic',
  words: { topic: named('topic') },
  flags: ['unclean'],
  options: {
    partitions: number('count'),
    replicas: list(number('broker')),
    factor: number('count'),
    'min-isr': number('count'),
    'max-message-bytes': number('bytes'),
  },
  about:
    'Makes a topic: one partition, a replica on every broker in the order 1,2,3, unless told otherwise. `replicas` is the replica list of every partition, its first the preferred leader; `factor` is its length where it is not given, and partition i begins at broker i + 1; `unclean` allows unclean election.',
});
