import { defineCommand } from '../define-command';
import { choice, duration, list, named, number } from '../words';

export const consumer = defineCommand({
  name: 'consumer',
  words: { consumer: named('consumer'), group: named('group'), topics: list(named('topic')) },
  options: {
    mode: choice('collect', 'step', 'batch', 'work'),
    from: choice('earliest', 'latest'),
    isolation: choice('ru', 'rc'),
    'auto-commit': choice('on', 'off'),
    'auto-resolve': choice('on', 'off'),
    session: duration,
    'poll-records': number('count'),
    'commit-interval': duration,
    heartbeat: duration,
    'poll-interval': duration,
    assignor: choice('range', 'roundrobin'),
    work: duration,
    into: named('topic'),
    by: named('producer'),
    commits: choice('before', 'after', 'never'),
    static: named('instance id'),
    in: named('process'),
  },
  about:
    "Makes, subscribes and runs a consumer of the row's client. `mode=collect` (the default) keeps what is delivered; `mode=step` (eachMessage, J: one record a poll) and `mode=batch` (eachBatch, J: one poll) hand it to the scenario, which answers each delivery with `take` and then `done`, `throw` or a fault: until then the handler hangs. Model only: `mode=work` is a program that takes `work` for each record and itself commits `before` or `after` that, or `never` (the default; J: before or after what a poll gave), and which with `into` and `by` writes each value to that topic with that producer: when the producer has a `tid`, in a transaction with the record's offset, and what fails ends the program; and the options `commit-interval`, `heartbeat`, `poll-interval`, `assignor`. Use `wait-until assigned` before relying on its assignment. Prints nothing, or `error TYPE`.",
});
