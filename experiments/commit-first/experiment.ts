/** Commit, then show: wherever the crash falls, nothing is shown twice. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'commit-first',
  lab: 'at-most-once-consumer',
  switches: [
    {
      id: 'crash',
      label: { en: 'The process dies …', ru: 'Процесс падает …' },
      options: [
        { id: 'between', label: { en: 'between commit and display', ru: 'между коммитом и показом' } },
        { id: 'before', label: { en: 'before the commit is stored', ru: 'до того, как коммит сохранён' } },
        { id: 'after', label: { en: 'after the display', ru: 'после показа' } },
      ],
    },
  ],
  run: ({ crash }) => ({
    program: 'commit-first',
    execution:
      crash === 'between'
        ? 'v0:crash@effect#2.before'
        : crash === 'before'
          ? 'v0:crash@commit#2.before'
          : 'v0:crash@effect#2.after',
  }),
  outcomes: [
    {
      when: { crash: 'between' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'Reading 2 is skipped: the group is past it, and nobody has seen it.',
        ru: 'Показание 2 пропущено: группа уже за ним, а на табло его не было.',
      },
    },
    {
      when: { crash: 'before' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is delivered twice and shown once.',
        ru: 'Показание 2 доставлено дважды, а показано один раз.',
      },
    },
    {
      when: { crash: 'after' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is shown once, and the group goes on with the next.',
        ru: 'Показание 2 показано один раз, группа читает следующее.',
      },
    },
  ],
});
