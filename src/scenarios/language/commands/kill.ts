import { defineCommand } from '../define-command';
import { target } from '../words';

export const kill = defineCommand({
  name: 'kill',
  words: {},
  rest: { targets: target },
  about:
    'SIGKILL: to brokers (`kill 2 3`, `kill leader(t/0)`, `kill coordinator(g)`) or to processes of clients. Prints nothing.',
});
