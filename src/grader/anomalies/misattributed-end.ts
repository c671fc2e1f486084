/** A25: a delayed commit or abort of one transaction ended the next one of the same producer id and epoch (TXN-19). */
import type { Anomaly } from './anomaly';

export const misattributedEnd: Anomaly = {
  id: 'A25',
  name: 'misattributed-end',
  meaning: 'A late commit or abort of one transaction ended the next one.',
  check: ({ history }) => {
    const transaction = history.transactions.find(({ isMisattributed }) => isMisattributed === true);
    if (transaction === undefined) return null;
    const { transactionalId, asked, decision } = transaction;
    return { record: null, params: { id: transactionalId, asked: asked ?? '', decision: decision ?? '' } };
  },
};
