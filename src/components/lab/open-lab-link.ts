/** Brings the lab of a link into view, which makes it load and read the rest of the address. */
import type { ClientModule } from '@docusaurus/types';
import { parseLabLink } from '../../course/lab-link';

const clientModule: ClientModule = {
  onRouteDidUpdate({ location }) {
    const link = parseLabLink(location.hash);
    if (link !== null) document.getElementById(`lab-${link.lab}`)?.scrollIntoView();
  },
};

export default clientModule;
