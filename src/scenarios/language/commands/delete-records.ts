import { defineCommand } from '../define-command';
import { offset, partition } from '../words';

export const deleteRecords = defineCommand({
  name: 'delete-records',
  words: { of: partition, before: offset },
  about: 'DeleteRecords: moves the log start to the offset. Prints nothing.',
});
