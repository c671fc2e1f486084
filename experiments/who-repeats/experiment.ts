/** An idempotent producer: its own retries are recognised, a restarted job is another producer (PID-1, MYTH-5, MYTH-19). */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'who-repeats',
  lab: 'at-least-once-producer',
  counts: 'appended',
  switches: [
    {
      id: 'who',
      label: { en: 'Order 2 is sent again by …', ru: 'Заказ 2 снова отправляет …' },
      options: [
        { id: 'client', label: { en: 'the client, whose answer got lost', ru: 'клиент, чей ответ потерялся' } },
        {
          id: 'job',
          label: { en: 'the job, which crashed and was started again', ru: 'задание, которое упало и запущено снова' },
        },
      ],
    },
  ],
  run: ({ who }) => ({
    program: 'idempotent',
    execution: who === 'client' ? 'v0:lost-answer@produce#2' : 'v0:crash@produce#2.after',
  }),
  outcomes: [
    {
      when: { who: 'client' },
      lost: [],
      repeated: [],
      text: {
        en: 'Order 2 is in the log once: the broker knows the producer and the number.',
        ru: 'Заказ 2 в логе один раз: брокер узнаёт продюсера и номер.',
      },
    },
    {
      when: { who: 'job' },
      lost: [],
      repeated: ['1', '2'],
      text: {
        en: 'Orders 1 and 2 are in the log twice: to the broker the restarted job is another producer.',
        ru: 'Заказы 1 и 2 в логе дважды: перезапущенное задание для брокера — другой продюсер.',
      },
    },
  ],
});
