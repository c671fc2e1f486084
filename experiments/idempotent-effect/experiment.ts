/** The same consumer, at least once; only the effect differs. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'idempotent-effect',
  lab: 'at-least-once-consumer',
  switches: [
    {
      id: 'effect',
      label: { en: 'The request to shipping …', ru: 'Запрос в службу доставки …' },
      options: [
        { id: 'post', label: { en: 'POST /shipments: ship one', ru: 'POST /shipments: отправить' } },
        {
          id: 'put',
          label: {
            en: 'PUT /shipments/2: let order 2 be shipped',
            ru: 'PUT /shipments/2: пусть заказ 2 будет отправлен',
          },
        },
      ],
    },
    {
      id: 'fault',
      label: { en: 'And then …', ru: 'А потом …' },
      options: [
        { id: 'crash', label: { en: 'the process dies before the commit', ru: 'процесс падает до коммита' } },
        { id: 'answer', label: { en: 'the answer gets lost', ru: 'теряется ответ' } },
      ],
    },
  ],
  run: ({ effect, fault }) => ({
    program: effect === 'post' ? 'post' : 'put',
    execution: fault === 'crash' ? 'v0:crash@effect#2.after' : 'v0:lost-answer@effect#2',
  }),
  outcomes: [
    {
      when: { effect: 'post' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Order 2 is handled twice and shipped twice.',
        ru: 'Заказ 2 обработан дважды и отправлен дважды.',
      },
    },
    {
      when: { effect: 'put' },
      lost: [],
      repeated: [],
      text: {
        en: 'Order 2 is handled twice and shipped once: the second request changes nothing.',
        ru: 'Заказ 2 обработан дважды, а отправлен один раз: второй запрос ничего не меняет.',
      },
    },
  ],
});
