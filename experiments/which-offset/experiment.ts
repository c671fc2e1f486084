/** One number, two restarts: what each wrong commit does to the readings before and after it. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'which-offset',
  lab: 'commit-the-next-offset',
  switches: [
    {
      id: 'commit',
      label: { en: 'After each reading the program commits …', ru: 'После каждого показания программа коммитит …' },
      options: [
        { id: 'two-ahead', label: { en: 'its offset plus two', ru: 'его смещение плюс два' } },
        { id: 'just-read', label: { en: 'its offset', ru: 'его смещение' } },
        { id: 'nothing', label: { en: 'nothing', ru: 'ничего' } },
      ],
    },
  ],
  run: ({ commit }) => ({ program: commit!, execution: 'v0:-' }),
  outcomes: [
    {
      when: { commit: 'two-ahead' },
      lost: ['4'],
      repeated: [],
      text: {
        en: 'Reading 4 is never stored: the group waits behind it.',
        ru: 'Показание 4 не сохранено: группа ждёт уже за ним.',
      },
    },
    {
      when: { commit: 'just-read' },
      lost: [],
      repeated: ['3', '4'],
      text: {
        en: 'After each restart the last reading is stored again: first 3, then 4.',
        ru: 'После каждого перезапуска последнее показание сохраняется снова: сначала 3, потом 4.',
      },
    },
    {
      when: { commit: 'nothing' },
      lost: [],
      repeated: ['1', '2', '3', '4'],
      text: {
        en: 'Each restart begins with reading 1. Nothing is lost, and everything comes again.',
        ru: 'Каждый перезапуск начинается с показания 1. Ничего не потеряно, и всё приходит снова.',
      },
    },
  ],
});
