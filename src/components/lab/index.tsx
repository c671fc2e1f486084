import { deferred } from '../deferred';

/**
 * `<Lab id="first-run" />` in a lesson. Rendered on the server like any text; its code is a chunk of its own, which
 * comes when the reader gets there.
 */
const Lab = deferred<{ readonly id: string }>(() => import('./LabView'), 'visible');

export default Lab;
