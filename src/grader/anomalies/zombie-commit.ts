/** A24: the coordinator took a commit from a sender whose generation had ended (OFS-6 without group metadata, CLI-18). */
import type { Anomaly } from './anomaly';

export const zombieCommit: Anomaly = {
  id: 'A24',
  name: 'zombie-commit',
  meaning: 'A commit of a member that had been replaced was taken.',
  check: ({ history }) => {
    const commit = history.commits.find(({ isZombie }) => isZombie === true);
    if (commit === undefined) return null;
    const { partition, offset, incarnation } = commit;
    return { record: null, params: { partition, offset, incarnation } };
  },
};
