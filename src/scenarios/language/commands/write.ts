import { defineCommand } from '../define-command';
import { duration, named, number, value } from '../words';

export const write = defineCommand({
  name: 'write',
  words: { producer: named('producer'), topic: named('topic'), prefix: value, count: number('count') },
  options: {
    pace: duration,
    'in-hand': number('count'),
    transaction: number('count'),
    'abort-every': number('count'),
    after: named('producer'),
  },
  about:
    'Model only: a program that sends the values 1 to `count` behind the prefix to the partitions of the topic in turn, one each `pace`, with up to `in-hand` sends under way (one unless told otherwise). With `transaction` so many values make one transaction; every `abort-every`th is aborted, and one with a rejected send. `after` goes on behind the last value that the program of that producer saw acknowledged without a gap. A transaction that fails ends the program. Prints one line a value or transaction that failed, then `sent N`.',
});
