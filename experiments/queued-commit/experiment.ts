/** The client resolves commitOffsets() when the commit is queued (CLI-51). */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'queued-commit',
  lab: 'at-most-once-consumer',
  switches: [
    {
      id: 'proof',
      label: { en: 'Before it shows a reading, the program …', ru: 'Прежде чем показать, программа …' },
      options: [
        { id: 'believe', label: { en: 'believes commitOffsets()', ru: 'верит commitOffsets()' } },
        { id: 'ask', label: { en: 'asks committed()', ru: 'спрашивает committed()' } },
      ],
    },
    {
      id: 'commit',
      label: { en: 'When the process dies, the commit …', ru: 'Когда процесс падает, коммит …' },
      options: [
        { id: 'queued', label: { en: 'still waits in the client', ru: 'ещё лежит в клиенте' } },
        { id: 'stored', label: { en: 'is stored', ru: 'сохранён' } },
      ],
    },
  ],
  run: ({ proof, commit }) => ({
    program: proof === 'believe' ? 'believe' : 'ask',
    execution:
      commit === 'stored'
        ? 'v0:crash@effect#2.after'
        : proof === 'believe'
          ? 'v0:crash@effect#2.after~commit#2'
          : 'v0:crash@commit#2.before',
  }),
  outcomes: [
    {
      when: { proof: 'believe', commit: 'queued' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Reading 2 is shown twice, by a program that commits first: the commit died with the process.',
        ru: 'Показание 2 показано дважды, хотя программа сначала коммитит: коммит погиб вместе с процессом.',
      },
    },
    {
      when: { proof: 'ask', commit: 'queued' },
      lost: [],
      repeated: [],
      text: {
        en: 'Nothing was shown before the crash: the program was still waiting for the answer. Reading 2 is shown once.',
        ru: 'До падения ничего не показано: программа ещё ждала ответа. Показание 2 показано один раз.',
      },
    },
    {
      when: { commit: 'stored' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is shown once. This time the commit was fast enough.',
        ru: 'Показание 2 показано один раз: в этот раз коммит успел.',
      },
    },
  ],
});
