/** Who repeats a produce request, and what that does to each of the two losses. */
import { defineExperiment } from '../../src/course/define-experiment';

export default defineExperiment({
  id: 'retries-on-or-off',
  lab: 'at-most-once-producer',
  counts: 'appended',
  switches: [
    {
      id: 'retries',
      label: { en: 'retry.retries', ru: 'retry.retries' },
      options: [
        { id: 'five', label: { en: '5, the default', ru: '5, по умолчанию' } },
        { id: 'none', label: { en: '0', ru: '0' } },
      ],
    },
    {
      id: 'lost',
      label: { en: 'On the way gets lost …', ru: 'В пути теряется …' },
      options: [
        { id: 'answer', label: { en: 'the answer', ru: 'ответ' } },
        { id: 'request', label: { en: 'the request', ru: 'запрос' } },
      ],
    },
  ],
  run: ({ retries, lost }) => ({
    program: retries === 'five' ? 'retries-5' : 'retries-0',
    execution: lost === 'answer' ? 'v0:lost-answer@produce#2' : 'v0:lost-request@produce#2',
  }),
  outcomes: [
    {
      when: { retries: 'five', lost: 'answer' },
      lost: [],
      repeated: ['2'],
      text: {
        en: 'Reading 2 stands in the topic twice: the client has repeated what had been stored.',
        ru: 'Показание 2 лежит в топике дважды: клиент повторил то, что уже было сохранено.',
      },
    },
    {
      when: { retries: 'five', lost: 'request' },
      lost: [],
      repeated: [],
      text: {
        en: 'The second try stores reading 2. Nobody notices anything.',
        ru: 'Вторая попытка сохраняет показание 2. Никто ничего не заметил.',
      },
    },
    {
      when: { retries: 'none', lost: 'answer' },
      lost: [],
      repeated: [],
      text: {
        en: 'Reading 2 is in the topic once, and send() has reported an error all the same.',
        ru: 'Показание 2 в топике один раз, и всё же send() сообщил об ошибке.',
      },
    },
    {
      when: { retries: 'none', lost: 'request' },
      lost: ['2'],
      repeated: [],
      text: {
        en: 'Reading 2 is not in the topic, and send() has reported the very same error.',
        ru: 'Показания 2 в топике нет, и send() сообщил о той же самой ошибке.',
      },
    },
  ],
});
