/** An error that leaves the handler brings the reading back, committed or not (CLI-43). */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'error-after-commit',
  lab: 'at-most-once-consumer',
  switches: [
    {
      id: 'error',
      label: { en: 'The answer of the display gets lost, and the error …', ru: 'Ответ табло потерялся, и ошибка …' },
      options: [
        { id: 'escapes', label: { en: 'leaves the handler', ru: 'выходит из обработчика' } },
        { id: 'stays', label: { en: 'is caught and logged', ru: 'поймана и записана в лог' } },
      ],
    },
  ],
  run: ({ error }) => ({ program: error === 'escapes' ? 'escapes' : 'caught', execution: 'v0:lost-answer@effect#2' }),
  outcomes: [
    {
      when: { error: 'escapes' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'The client delivers reading 2 again, although its offset is committed, and the display shows it twice.',
        ru: 'Клиент доставляет показание 2 снова, хотя его смещение закоммичено, и табло показывает его дважды.',
      },
    },
    {
      when: { error: 'stays' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is shown once. The program does not know that, and does not try again.',
        ru: 'Показание 2 показано один раз. Программа этого не знает и второй раз не пробует.',
      },
    },
  ],
});
