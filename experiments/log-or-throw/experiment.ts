/** What a handler does with an error decides what becomes of the record. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'log-or-throw',
  lab: 'at-least-once-consumer',
  switches: [
    {
      id: 'error',
      label: { en: 'When fetch rejects, the handler …', ru: 'Когда fetch завершается ошибкой, обработчик …' },
      options: [
        { id: 'log', label: { en: 'logs the error and goes on', ru: 'пишет её в лог и идёт дальше' } },
        { id: 'throw', label: { en: 'lets it go', ru: 'выпускает её наружу' } },
      ],
    },
    {
      id: 'lost',
      label: { en: 'On the way gets lost …', ru: 'В пути теряется …' },
      options: [
        { id: 'request', label: { en: 'the request to shipping', ru: 'запрос в службу доставки' } },
        { id: 'answer', label: { en: 'its answer', ru: 'её ответ' } },
      ],
    },
  ],
  run: ({ error, lost }) => ({
    program: error === 'log' ? 'log' : 'throw',
    execution: lost === 'request' ? 'v0:lost-request@effect#2' : 'v0:lost-answer@effect#2',
  }),
  outcomes: [
    {
      when: { error: 'log', lost: 'request' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'Order 2 is never shipped: the commit came after an error.',
        ru: 'Заказ 2 не отправлен и не будет: коммит сделан после ошибки.',
      },
    },
    {
      when: { error: 'log', lost: 'answer' },
      lost: [],
      repeated: [],
      text: {
        en: 'Order 2 is shipped once. The program was lucky and cannot know it.',
        ru: 'Заказ 2 отправлен один раз. Программе повезло, но узнать об этом она не может.',
      },
    },
    {
      when: { error: 'throw', lost: 'request' },
      lost: [],
      repeated: [],
      text: {
        en: 'Order 2 is delivered again and shipped once.',
        ru: 'Заказ 2 доставлен снова и отправлен один раз.',
      },
    },
    {
      when: { error: 'throw', lost: 'answer' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Order 2 is delivered again and shipped twice.',
        ru: 'Заказ 2 доставлен снова и отправлен дважды.',
      },
    },
  ],
});
