import { useHistory, useLocation } from '@docusaurus/router';
import { useCallback, useMemo } from 'react';
import { formatLabLink, parseLabLink, type LabLink } from '../../course/lab-link';

interface LabLinkState {
  /** What the address says of this lab; null when it says nothing. */
  readonly link: LabLink | null;
  readonly isFull: boolean;
  readonly setFull: (isFull: boolean) => void;
  /** The address of this lab in this state, to be given away. */
  readonly urlOf: (part: Partial<LabLink>) => string;
  /** The link has been dealt with: the address is the lesson's again. */
  readonly forget: () => void;
}

const plain = { isFull: false, execution: null, step: null, code: null } as const;

/** The lab's part of the page's address. */
export function useLabLink(lab: string): LabLinkState {
  const location = useLocation();
  const history = useHistory();
  const link = useMemo(() => {
    const parsed = parseLabLink(location.hash);
    return parsed?.lab === lab ? parsed : null;
  }, [location.hash, lab]);
  const isFull = link?.isFull === true;
  const setFull = useCallback(
    (wanted: boolean) => {
      const { pathname, search } = location;
      if (wanted) history.push({ pathname, search, hash: formatLabLink({ lab, ...plain, isFull: true }) });
      else history.replace({ pathname, search, hash: '' });
    },
    [history, location, lab],
  );
  const forget = useCallback(() => {
    const { pathname, search } = location;
    history.replace({ pathname, search, hash: isFull ? formatLabLink({ lab, ...plain, isFull: true }) : '' });
  }, [history, location, lab, isFull]);
  const urlOf = useCallback(
    (part: Partial<LabLink>) => window.location.origin + location.pathname + formatLabLink({ lab, ...plain, ...part }),
    [location.pathname, lab],
  );
  return { link, isFull, setFull, urlOf, forget };
}
