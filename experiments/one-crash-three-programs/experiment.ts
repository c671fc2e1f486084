/** The same crash, between the two steps, in three programs. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'one-crash-three-programs',
  lab: 'at-most-once-consumer',
  switches: [
    {
      id: 'guarantee',
      label: { en: 'The program …', ru: 'Программа …' },
      options: [
        { id: 'at-most-once', label: { en: 'commits, then shows', ru: 'коммитит, потом показывает' } },
        { id: 'at-least-once', label: { en: 'shows, then commits', ru: 'показывает, потом коммитит' } },
        {
          id: 'exactly-once',
          label: {
            en: 'shows under the reading’s id, then commits',
            ru: 'показывает под id показания, потом коммитит',
          },
        },
      ],
    },
  ],
  run: ({ guarantee }) => ({
    program: guarantee!,
    execution: guarantee === 'at-most-once' ? 'v0:crash@effect#2.before' : 'v0:crash@effect#2.after',
  }),
  outcomes: [
    {
      when: { guarantee: 'at-most-once' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'Reading 2 has no effect: committed, never shown.',
        ru: 'У показания 2 нет эффекта: закоммичено, но не показано.',
      },
    },
    {
      when: { guarantee: 'at-least-once' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Reading 2 has two effects: shown, read again, shown again.',
        ru: 'У показания 2 два эффекта: показано, прочитано снова, показано снова.',
      },
    },
    {
      when: { guarantee: 'exactly-once' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is handled twice and has one effect: the second request finds it there.',
        ru: 'Показание 2 обработано дважды, а эффект один: второй запрос застаёт его на месте.',
      },
    },
  ],
});
