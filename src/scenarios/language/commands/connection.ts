import { defineCommand } from '../define-command';
import { named } from '../words';

export const connection = defineCommand({
  name: 'connection',
  words: { producer: named('producer') },
  isQuery: true,
  about: "Prints `open` or `closed`: the producer's connection on which it sends records.",
});
