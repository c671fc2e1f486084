/** Where running the scenarios has corrected or completed a rule; shown on the page about fidelity. */
import type { Correction } from '../../src/components/reference/fidelity-data';

export const CORRECTIONS: readonly Correction[] = [
  {
    rules: ['CLI-3', 'CLI-5', 'CLI-43'],
    was: {
      en: 'Confluent’s client delivers a record whose handler throws again and again, whatever is thrown; kafkajs tries an unknown error again.',
      ru: 'Клиент Confluent доставляет запись, на которой обработчик бросил исключение, снова и снова, что бы ни было брошено; kafkajs неизвестную ошибку пробует ещё раз.',
    },
    is: {
      en: 'Not when `undefined` is thrown: Confluent’s client keeps running and delivers nothing more, kafkajs crashes and does not come back.',
      ru: 'Кроме `undefined`: клиент Confluent продолжает работать и больше ничего не доставляет, kafkajs падает и не возвращается.',
    },
    scenarios: ['offsets/dif-87-throw-undefined', 'offsets/dif-87-throw-undefined-later'],
  },
  {
    rules: ['CLI-51'],
    was: {
      en: '`consumer.committed()` behind a commit confirms it.',
      ru: '`consumer.committed()` после коммита его подтверждает.',
    },
    is: {
      en: 'Except for offset 0, which Confluent’s client shows as no commit. Its admin shows 0.',
      ru: 'Кроме смещения 0: его клиент Confluent показывает как отсутствие коммита. Админ-клиент показывает 0.',
    },
    scenarios: ['offsets/dif-85-committed-zero'],
  },
  {
    rules: ['OFS-12', 'CLI-51'],
    was: {
      en: 'A commit that is sent again may overwrite a later one.',
      ru: 'Повторно отправленный коммит может затереть более поздний.',
    },
    is: {
      en: 'Confluent’s client sends it again when the connection broke, and then either may win; when only the answer was swallowed, the later one stands.',
      ru: 'Клиент Confluent отправляет его снова, если порвалось соединение, и тогда победить может любой; если пропал только ответ, остаётся более поздний.',
    },
    scenarios: ['offsets/dif-86-lost-commit-answer-after-a-break', 'offsets/dif-86-lost-commit-answer-is-sent-again'],
  },
  {
    rules: ['CLI-24', 'CLI-43'],
    was: {
      en: 'Under auto commit a `seek` commits the sought offset in kafkajs.',
      ru: 'При автокоммите `seek` в kafkajs коммитит смещение, на которое перешли.',
    },
    is: {
      en: 'In both JavaScript clients: a seek back takes the committed offset back.',
      ru: 'В обоих клиентах для JavaScript: переход назад уводит назад и закоммиченное смещение.',
    },
    scenarios: ['offsets/dif-88-seek-back-under-auto-commit'],
  },
  {
    rules: ['GRP-12', 'CON-6'],
    was: {
      en: 'A fenced static member of Java is told FENCED_INSTANCE_ID (not run).',
      ru: 'Вытесненный статический участник на Java получает FENCED_INSTANCE_ID (не проверялось).',
    },
    is: {
      en: 'FencedInstanceIdException, or CommitFailedException where its heartbeat was told first.',
      ru: 'FencedInstanceIdException или, если раньше узнал его heartbeat, CommitFailedException.',
    },
    scenarios: ['groups/dif-53-fenced-static-client'],
  },
  {
    rules: ['OFS-3'],
    was: {
      en: 'Any offset can be committed, also a negative one (reading one was not in the table).',
      ru: 'Закоммитить можно любое смещение, и отрицательное тоже (как его читают, в таблице не было).',
    },
    is: {
      en: 'The clients read it differently: Java and kafkajs as no commit, Confluent’s client -2 as the beginning, -1 as none, and at any other it delivers nothing and says nothing.',
      ru: 'Клиенты читают его по-разному: Java и kafkajs — как отсутствие коммита, клиент Confluent -2 — как начало, -1 — как отсутствие, а при любом другом молча ничего не доставляет.',
    },
    scenarios: ['offsets/ofs-3-minus-two-is-read', 'offsets/ofs-3-minus-five-is-read'],
  },
  {
    rules: ['CLI-54', 'RTY-2'],
    was: {
      en: 'Java on the rows of replication: not run.',
      ru: 'Java на строках о репликации: не запускалась.',
    },
    is: {
      en: 'Run. Its sends to a partition without leader wait as Confluent’s do; with two retries the first answers of a leader that has just come back may use them up.',
      ru: 'Запущена. Её отправки в партицию без лидера ждут, как у Confluent; если повторов только два, их могут исчерпать первые ответы только что вернувшегося лидера.',
    },
    scenarios: ['replication/dif-79-no-unclean-election'],
  },
];
