/** L2: the program ends by an error of its own, again and again, and the supervisor gives it up. */
import type { Anomaly } from './anomaly';

export const crashOut: Anomaly = {
  id: 'L2',
  name: 'crash-out',
  meaning: 'The program ends with an error of its own each time it is started.',
  check: ({ history, hasGivenUp }) => {
    if (!hasGivenUp) return null;
    const last = history.ends.filter(({ how }) => how === 'exit').at(-1);
    const error = last?.error ?? null;
    return {
      record: null,
      params: {
        error: error === null ? `exit code ${last?.code ?? 1}` : `${error.name}: ${error.message}`,
        line: error?.line ?? 0,
        origin: last?.origin ?? '',
      },
    };
  },
};
