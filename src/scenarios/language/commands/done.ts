import { defineCommand } from '../define-command';
import { named } from '../words';

export const done = defineCommand({
  name: 'done',
  words: { consumer: named('consumer') },
  about: 'Lets the hanging handler return normally (J: goes on to the next poll). Prints nothing.',
});
