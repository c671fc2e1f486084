/** A lost request and a lost answer look the same to the sender (ACK-11). */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'request-or-answer',
  lab: 'at-least-once-producer',
  counts: 'appended',
  switches: [
    {
      id: 'lost',
      label: { en: 'On the way gets lost …', ru: 'В пути теряется …' },
      options: [
        { id: 'request', label: { en: 'the request', ru: 'запрос' } },
        { id: 'answer', label: { en: 'the answer', ru: 'ответ' } },
      ],
    },
  ],
  run: ({ lost }) => ({
    program: 'send-once',
    execution: lost === 'request' ? 'v0:lost-request@produce#2' : 'v0:lost-answer@produce#2',
  }),
  outcomes: [
    {
      when: { lost: 'request' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'The program sees an error, and order 2 is not in the topic.',
        ru: 'Программа видит ошибку, и заказа 2 в топике нет.',
      },
    },
    {
      when: { lost: 'answer' },
      lost: [],
      repeated: [],
      text: {
        en: 'The program sees the same error, and order 2 is in the topic.',
        ru: 'Программа видит ту же ошибку, и заказ 2 в топике есть.',
      },
    },
  ],
});
