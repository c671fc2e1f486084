import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';

/** The lessons in the order in which they are read. A lesson that is not here is not in the course. */
const sidebars: SidebarsConfig = {
  course: [
    {
      type: 'category',
      label: 'Start',
      key: 'start',
      collapsible: false,
      items: ['welcome', 'log-and-offsets'],
    },
    {
      type: 'category',
      label: 'The three guarantees',
      key: 'three-guarantees',
      collapsible: false,
      items: ['at-least-once'],
    },
  ],
};

export default sidebars;
