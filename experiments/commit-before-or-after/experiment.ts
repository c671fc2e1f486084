/** Two lines in two orders and one crash between them: what the order decides. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'commit-before-or-after',
  lab: 'at-least-once-consumer',
  switches: [
    {
      id: 'commit',
      label: { en: 'Commit the offset …', ru: 'Смещение коммитится …' },
      options: [
        { id: 'before', label: { en: 'before shipping', ru: 'до отправки' } },
        { id: 'after', label: { en: 'after shipping', ru: 'после отправки' } },
      ],
    },
  ],
  run: ({ commit }) =>
    commit === 'before'
      ? { program: 'before', execution: 'v0:crash@effect#2.before' }
      : { program: 'after', execution: 'v0:crash@effect#2.after' },
  outcomes: [
    {
      when: { commit: 'before' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'Order 2 is never shipped: the group has passed it by.',
        ru: 'Заказ 2 не отправлен и не будет: для группы он уже позади.',
      },
    },
    {
      when: { commit: 'after' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Order 2 is shipped twice: nobody had noted that it was done.',
        ru: 'Заказ 2 отправлен дважды: отметки о первой отправке не осталось.',
      },
    },
  ],
});
