import { defineCommand } from '../define-command';
import { broker, named } from '../words';

export const heal = defineCommand({
  name: 'heal',
  words: { client: named('producer or consumer'), broker },
  about: 'Model only: ends what `cut` has begun.',
});
