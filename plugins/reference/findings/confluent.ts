/** @confluentinc/kafka-javascript 1.10.1 (librdkafka 2.15.1), its KafkaJS API, on Apache Kafka 4.3.0. */
import type { Finding } from './finding';

export const CONFLUENT_FINDINGS: readonly Finding[] = [
  {
    id: 'confluent-queued-commit',
    letter: 'C',
    rules: ['CLI-51', 'CON-8'],
    title: {
      en: 'A commit that resolves before it happened',
      ru: 'Коммит, который завершился раньше, чем произошёл',
    },
    what: {
      en: '`commitOffsets()` resolves when the request has been queued. A process that dies in the next statement may take it along, and an error of the coordinator is told to nobody. Below the record that was committed first comes again, or not: both were recorded.',
      ru: '`commitOffsets()` завершается, когда запрос поставлен в очередь. Процесс, умерший на следующей строке, может унести его с собой, а об ошибке координатора не узнает никто. Ниже запись, закоммиченная до обработки, приходит снова или не приходит: записано и то, и другое.',
    },
    remedy: {
      en: 'Ask behind it for the committed offset, and compare. The answer comes after the commit has been stored.',
      ru: 'Спросите вслед закоммиченное смещение и сравните. Ответ придёт после того, как коммит сохранён.',
    },
    code: `await consumer.commitOffsets([{ topic, partition, offset: next }])
const [stored] = await consumer.committed([{ topic, partition }])
if (stored.offset !== next) throw new Error(\`\${next} is not committed\`)`,
    runs: ['offsets/dif-40-commit-of-c-is-only-queued', 'offsets/dif-40-committed-but-not-processed'],
  },
  {
    id: 'confluent-committed-zero',
    letter: 'C',
    rules: ['CLI-51', 'OFS-2'],
    title: {
      en: 'A committed offset 0 that looks like none',
      ru: 'Закоммиченный 0, который выглядит как отсутствие коммита',
    },
    what: {
      en: '`consumer.committed()` shows a committed 0 as if nothing had been committed. The admin shows it.',
      ru: '`consumer.committed()` показывает закоммиченный 0 так, будто коммита не было. Админ-клиент его показывает.',
    },
    remedy: {
      en: 'To confirm a commit of 0, ask with the admin: `fetchOffsets({ groupId, topics: [{ topic, partitions: [0] }] })`.',
      ru: 'Чтобы подтвердить коммит нуля, спросите админ-клиентом: `fetchOffsets({ groupId, topics: [{ topic, partitions: [0] }] })`.',
    },
    runs: ['offsets/dif-85-committed-zero'],
  },
  {
    id: 'confluent-late-commit',
    letter: 'C',
    rules: ['OFS-12', 'CLI-51'],
    title: {
      en: 'An earlier commit that comes back over a later one',
      ru: 'Прежний коммит, который ложится поверх более позднего',
    },
    what: {
      en: 'When the connection breaks before a commit is answered, the client sends it again, and nothing keeps a later commit from being stored in between. Both orders were recorded.',
      ru: 'Если соединение рвётся до ответа на коммит, клиент отправляет его снова, и ничто не мешает более позднему коммиту сохраниться раньше. Записаны оба порядка.',
    },
    remedy: {
      en: 'Wait for one commit to be stored before sending the next. What comes again has to be harmless anyway.',
      ru: 'Дождитесь, пока один коммит сохранится, и только потом отправляйте следующий. Повтор всё равно должен быть безвреден.',
    },
    runs: ['offsets/dif-86-lost-commit-answer-after-a-break'],
  },
  {
    id: 'confluent-endless-redelivery',
    letter: 'C',
    rules: ['CLI-43'],
    title: {
      en: 'A poison record is delivered for ever',
      ru: 'Ядовитая запись доставляется без конца',
    },
    what: {
      en: 'A record whose handler throws comes again about twice a second, without an end and without an event, whatever the type of the error. Under auto commit its offset is committed, also an offset that goes back. When `undefined` is thrown nothing comes any more, and the consumer says it is running.',
      ru: 'Запись, на которой обработчик бросает исключение, приходит снова примерно дважды в секунду, без конца и без события, каким бы ни был тип ошибки. При автокоммите её смещение коммитится, даже если это шаг назад. А если брошен `undefined`, больше не приходит ничего, хотя консьюмер числится работающим.',
    },
    remedy: {
      en: 'Count attempts yourself, and send a record to a dead-letter topic when they are used up. Always throw an Error.',
      ru: 'Считайте попытки сами и, когда они кончатся, отправляйте запись в dead-letter-топик. Бросайте всегда Error.',
    },
    runs: [
      'offsets/dif-44-type-error-in-the-handler',
      'offsets/dif-87-throw-undefined',
      'offsets/dif-88-seek-back-under-auto-commit',
    ],
  },
  {
    id: 'confluent-fenced-static-member',
    letter: 'C',
    rules: ['CLI-53', 'GRP-12'],
    title: {
      en: 'A static member that is not told it was replaced',
      ru: 'Статический участник, которому не сказали, что его заменили',
    },
    what: {
      en: 'When another process takes over its instance id, the first keeps running with nothing assigned. Its commits resolve and write nothing.',
      ru: 'Когда его instance id занимает другой процесс, первый продолжает работать без партиций. Его коммиты завершаются успешно и ничего не записывают.',
    },
    remedy: {
      en: 'Look at `assignment()` from time to time and end the process when it stays empty; confirm commits as above.',
      ru: 'Время от времени смотрите на `assignment()` и завершайте процесс, если там пусто; коммиты подтверждайте, как выше.',
    },
    runs: ['groups/dif-53-fenced-static-client'],
  },
  {
    id: 'confluent-next-transaction',
    letter: 'C',
    rules: ['CLI-48', 'CLI-49'],
    title: {
      en: 'After a record that is too large, the next transaction fails as well',
      ru: 'После слишком большой записи не удаётся и следующая транзакция',
    },
    what: {
      en: 'A rejected send inside a transaction leaves only the abort; that is as it should be. But behind it the next transaction on that partition fails once. The send tells a local consequence (ERR__PURGE_QUEUE), the commit the cause. `retriable`, `fatal` and `abortable` are false on all of them: look at `code`.',
      ru: 'После отклонённого send транзакцию можно только отменить, и это правильно. Но вслед за ней один раз не удаётся и следующая транзакция в этой партиции. send сообщает местное следствие (ERR__PURGE_QUEUE), причину — commit. `retriable`, `fatal` и `abortable` у всех этих ошибок false: смотрите на `code`.',
    },
    remedy: {
      en: 'Abort and try the transaction once more before giving up; check sizes before sending.',
      ru: 'Отмените транзакцию и попробуйте ещё раз, прежде чем сдаваться; размеры проверяйте до отправки.',
    },
    runs: [
      'transactions/dif-18-rejected-send-makes-the-commit-fail',
      'transactions/dif-18-next-transaction-of-c-fails-once',
    ],
  },
  {
    id: 'confluent-leaderless',
    letter: 'C',
    rules: ['CLI-54'],
    title: {
      en: 'Without a leader a send waits for minutes',
      ru: 'Без лидера send ждёт минутами',
    },
    what: {
      en: 'Retries are not used up while a partition has no leader. The send stays pending, up to five minutes, and is stored once a leader is back.',
      ru: 'Пока у партиции нет лидера, повторы не расходуются. send висит до пяти минут, а запись сохраняется, когда лидер вернётся.',
    },
    remedy: {
      en: 'Bound it with `message.timeout.ms`, and take the time-out for “unknown”.',
      ru: 'Ограничьте ожидание через `message.timeout.ms` и считайте таймаут ответом «неизвестно».',
    },
    code: `const producer = kafka.producer({ kafkaJS: { acks: -1 }, 'message.timeout.ms': 30_000 })`,
    runs: ['replication/dif-79-no-unclean-election'],
  },
  {
    id: 'confluent-not-idempotent',
    letter: 'C',
    rules: ['CLI-41', 'RTY-5'],
    title: {
      en: 'Retries store a record twice, unless told otherwise',
      ru: 'Повторы сохраняют запись дважды, если не велеть иначе',
    },
    what: {
      en: 'Unlike Java’s, the producer of both JavaScript clients is not idempotent by default. A lost acknowledgement is enough for a duplicate.',
      ru: 'В отличие от Java, продюсер обоих клиентов для JavaScript по умолчанию не идемпотентный. Для дубликата хватает потерянного подтверждения.',
    },
    remedy: {
      en: 'Switch it on. With Confluent’s client that is all; with kafkajs see above.',
      ru: 'Включите идемпотентность. Для клиента Confluent этого достаточно; о kafkajs см. выше.',
    },
    code: `const producer = kafka.producer({ kafkaJS: { idempotent: true } })`,
    runs: ['idempotence/dif-27-lost-ack-stores-twice', 'idempotence/dif-28-idempotent-retry-is-recognised'],
  },
  {
    id: 'confluent-negative-offset',
    letter: 'C',
    rules: ['OFS-3'],
    title: {
      en: 'A wrong committed offset is silence',
      ru: 'Неверное закоммиченное смещение — это тишина',
    },
    what: {
      en: 'The coordinator stores any number. At a committed -5 this client delivers nothing and reports nothing; at -2 it begins at the beginning although `latest` was asked for.',
      ru: 'Координатор сохраняет любое число. С закоммиченным -5 этот клиент ничего не доставляет и ни о чём не сообщает; с -2 начинает с начала, хотя просили `latest`.',
    },
    remedy: {
      en: 'Compute offsets from the record that was processed, plus one, and from nothing else. kafkajs itself commits -2 or -1 when an offset is out of range, so do not let the two share a group.',
      ru: 'Вычисляйте смещение только из обработанной записи, плюс один. kafkajs сам коммитит -2 или -1, когда смещение вне лога, так что не давайте им работать в одной группе.',
    },
    runs: ['offsets/ofs-3-minus-five-is-read', 'offsets/ofs-3-minus-two-is-read'],
  },
];
