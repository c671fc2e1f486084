import { deferred } from '../deferred';
import { labModules } from '../load-lab';

interface Props {
  readonly id: string;
}

/**
 * `<Lab id="first-run" />` in a lesson. Rendered on the server like any text; its code is a chunk of its own, which
 * comes when the reader gets there.
 */
const Lab = deferred<Props>({
  occasion: 'visible',
  keyOf: ({ id }) => id,
  load: async ({ id }) => {
    const modules = labModules(id, `<Lab id="${id}" />`);
    const [{ default: LabView }, card, text] = await Promise.all([import('./LabView'), modules.card(), modules.text()]);
    const Text = text.default;
    return function LoadedLab() {
      return (
        <LabView card={card.default}>
          <Text />
        </LabView>
      );
    };
  },
});

export default Lab;
