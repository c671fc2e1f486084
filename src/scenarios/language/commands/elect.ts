import { defineCommand } from '../define-command';
import { partition } from '../words';

export const elect = defineCommand({
  name: 'elect',
  words: { of: partition },
  about: 'Asks the controller for a preferred leader election (ElectLeaders). Prints nothing.',
});
