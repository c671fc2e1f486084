/** Around the whole site; its effect is the first moment at which every button of the page works. */
import { useEffect, type ReactNode } from 'react';
import { carryOutEarlyClick } from '@site/src/components/early-input';

export default function Root({ children }: { readonly children: ReactNode }): ReactNode {
  useEffect(carryOutEarlyClick, []);
  return children;
}
