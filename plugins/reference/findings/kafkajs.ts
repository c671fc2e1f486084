/** kafkajs 2.2.4 on Apache Kafka 4.3.0. */
import type { Finding } from './finding';

export const KAFKAJS_FINDINGS: readonly Finding[] = [
  {
    id: 'kafkajs-reused-sequence',
    letter: 'K',
    rules: ['CLI-9', 'PID-5'],
    title: {
      en: 'An acknowledged record that is not in the log',
      ru: 'Подтверждённая запись, которой нет в логе',
    },
    what: {
      en: 'With `idempotent: true` a send that runs out of retries gives its sequence number back. If the broker had stored the batch and only the answers were lost, the next send with as many records takes the same number, and the broker takes it for a repeat: it answers with the old offset and stores nothing. B below is acknowledged and is not there. A send with another number of records is refused instead. The retries are 5 unless they are written out; `idempotent` alone does not raise them.',
      ru: 'При `idempotent: true` отправка, исчерпавшая повторы, возвращает свой порядковый номер. Если брокер пачку сохранил и пропали только ответы, следующая отправка с тем же числом записей берёт тот же номер, и брокер принимает её за повтор: отвечает старым смещением и ничего не сохраняет. Запись B ниже подтверждена, но её нет. Отправку с другим числом записей вместо этого отклоняют. Повторов 5, если не задать их явно; один `idempotent` их не увеличивает.',
    },
    remedy: {
      en: 'Write the retries out, await every send, send to one partition at a time, and make a new producer after a rejected send.',
      ru: 'Задайте число повторов явно, дожидайтесь каждого send, отправляйте за раз в одну партицию, а после отклонённого send создавайте нового продюсера.',
    },
    code: `const producer = kafka.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: 2000 },
})`,
    runs: [
      'idempotence/dif-29-kafkajs-reuses-a-sequence',
      'idempotence/dif-29-kafkajs-reuses-a-sequence-with-another-count',
    ],
  },
  {
    id: 'kafkajs-aborted-read',
    letter: 'K',
    rules: ['CLI-30', 'FET-4'],
    title: {
      en: 'Aborted records delivered at read_committed',
      ru: 'Отменённые записи, доставленные при read_committed',
    },
    what: {
      en: 'The broker sends aborted records along with a list of aborted transactions, and the client has to leave them out. The list stands in the order in which they were aborted; kafkajs looks at its head only. When two transactions overlap in a partition and the inner one is aborted first, the beginning of the outer one gets through: a1 below was aborted and is delivered. Java and Confluent’s client sort the list.',
      ru: 'Брокер присылает отменённые записи вместе со списком отменённых транзакций, а отсеивает их клиент. Список упорядочен по времени отмены; kafkajs смотрит только на его начало. Если две транзакции в партиции перекрываются и внутренняя отменена первой, начало внешней проходит: a1 ниже отменена, но доставлена. Java и клиент Confluent список сортируют.',
    },
    remedy: {
      en: 'Where several transactional producers write to one partition, read it with another client, or treat a record as valid only by what a committed transaction says elsewhere, such as an id in a table.',
      ru: 'Если в одну партицию пишут несколько транзакционных продюсеров, читайте её другим клиентом или считайте запись действительной только по тому, что подтверждено в другом месте, например по id в таблице.',
    },
    runs: ['transactions/cli-30-aborted-records-delivered'],
  },
  {
    id: 'kafkajs-commit-after-rejected-send',
    letter: 'K',
    rules: ['CLI-14', 'TXC-2'],
    title: {
      en: 'A commit that leaves a rejected record out',
      ru: 'Коммит, в котором нет отклонённой записи',
    },
    what: {
      en: 'A rejected send inside a transaction does not spoil it. `commit()` succeeds and commits the rest. Java and Confluent’s client refuse the commit.',
      ru: 'Отклонённый send внутри транзакции её не портит. `commit()` завершается успешно и коммитит остальное. Java и клиент Confluent такой коммит отклоняют.',
    },
    remedy: {
      en: 'Await every send of the transaction, and abort when one is rejected.',
      ru: 'Дожидайтесь каждого send в транзакции и отменяйте её, если хоть один отклонён.',
    },
    code: `const transaction = await producer.transaction()
try {
  for (const message of messages) await transaction.send({ topic, messages: [message] })
  await transaction.commit()
} catch (error) {
  await transaction.abort()
  throw error
}`,
    runs: ['transactions/dif-17-rejected-send-does-not-stop-the-commit'],
  },
  {
    id: 'kafkajs-zombie-transaction',
    letter: 'K',
    rules: ['CLI-18', 'OFS-6', 'TXC-8'],
    title: {
      en: 'A zombie whose transaction is committed',
      ru: 'Зомби, чья транзакция проходит',
    },
    what: {
      en: '`sendOffsets` names the group and not the member. The coordinator cannot see that the sender has been replaced, so the transaction of a process that was frozen and has lost its partition is committed after that of its successor: the output is there twice.',
      ru: '`sendOffsets` называет группу, но не участника. Координатор не видит, что отправителя уже заменили, и транзакция процесса, который замер и лишился партиции, проходит вслед за транзакцией преемника: результат записан дважды.',
    },
    remedy: {
      en: 'One transactional producer for each input partition, with the partition in its id, so that whoever takes the partition over fences the other. Catch the error of the one that is fenced: let out of the handler it ends the consumer.',
      ru: 'Один транзакционный продюсер на входную партицию, с партицией в id: тогда преемник отсекает прежнего владельца. Ошибку отсечённого ловите: выпущенная из обработчика, она остановит консьюмера.',
    },
    code: `const producer = kafka.producer({
  transactionalId: \`copier-\${topic}-\${partition}\`,
  idempotent: true,
  maxInFlightRequests: 1,
})`,
    runs: [
      'exactly-once/dif-63-kafkajs-zombie-is-not-fenced',
      'exactly-once/dif-65-zombie-is-fenced-by-its-transactional-id',
    ],
  },
  {
    id: 'kafkajs-early-return',
    letter: 'K',
    rules: ['CLI-7'],
    title: {
      en: 'A batch handler that returns early skips the rest',
      ru: 'Обработчик пачки, вернувшийся раньше, пропускает остаток',
    },
    what: {
      en: 'With `eachBatchAutoResolve` at its default, a handler that returns counts as having processed the whole batch, also when it left its loop at `isRunning()` or `isStale()`. The rest is committed and never comes again.',
      ru: 'При `eachBatchAutoResolve` по умолчанию возврат из обработчика значит, что обработана вся пачка, даже если он вышел из цикла по `isRunning()` или `isStale()`. Остаток закоммичен и больше не придёт.',
    },
    remedy: {
      en: 'Switch it off, and resolve each message when it has been processed.',
      ru: 'Отключите его и отмечайте каждое сообщение, когда оно обработано.',
    },
    code: `await consumer.run({
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
    for (const message of batch.messages) {
      if (!isRunning() || isStale()) return
      await process(message)
      resolveOffset(message.offset)
      await heartbeat()
    }
  },
})`,
    runs: ['offsets/dif-42-early-return-skips-the-batch'],
  },
  {
    id: 'kafkajs-type-error',
    letter: 'K',
    rules: ['CLI-5'],
    title: {
      en: 'A programming error ends the consumer for good',
      ru: 'Ошибка в программе останавливает консьюмера навсегда',
    },
    what: {
      en: 'A TypeError, RangeError, ReferenceError or SyntaxError from a handler crashes the consumer and it is not restarted; so does `undefined`. The process lives on and receives nothing. Any other error is tried again.',
      ru: 'TypeError, RangeError, ReferenceError или SyntaxError из обработчика останавливают консьюмера, и он не перезапускается; то же с `undefined`. Процесс живёт, но ничего не получает. При любой другой ошибке обработчик вызывают снова.',
    },
    remedy: {
      en: 'Listen to CRASH, and end the process when it will not be restarted: a supervisor starts it again.',
      ru: 'Слушайте CRASH и завершайте процесс, если перезапуска не будет: супервизор запустит его снова.',
    },
    code: `consumer.on(consumer.events.CRASH, ({ payload }) => {
  if (!payload.restart) process.exit(1)
})`,
    runs: ['offsets/dif-44-type-error-in-the-handler', 'offsets/dif-87-throw-undefined'],
  },
  {
    id: 'kafkajs-failed-commit',
    letter: 'K',
    rules: ['CLI-15'],
    title: {
      en: 'After a failed commit the producer is of no use',
      ru: 'После неудачного коммита продюсер бесполезен',
    },
    what: {
      en: '`commit()` is not retried. When it fails, `abort()` and the next `transaction()` are refused as well, and what became of the transaction is unknown.',
      ru: '`commit()` не повторяется. Если он не удался, `abort()` и следующий `transaction()` тоже отклоняются, а что стало с транзакцией, неизвестно.',
    },
    remedy: {
      en: 'Make a new producer with the same transactional id. Its first transaction ends the old one, committed if that was decided, else aborted; then read the committed offsets anew.',
      ru: 'Создайте нового продюсера с тем же transactional id. Его первая транзакция завершит прежнюю: коммитом, если это уже решено, иначе отменой. После этого прочитайте закоммиченные смещения заново.',
    },
    runs: ['transactions/dif-19-after-a-failed-commit'],
  },
  {
    id: 'kafkajs-outside-a-transaction',
    letter: 'K',
    rules: ['CLI-12'],
    title: {
      en: 'A send that is not in the transaction',
      ru: 'Отправка, которая не входит в транзакцию',
    },
    what: {
      en: 'A transactional producer keeps a second identity for `producer.send()`. It works, also while a transaction is open, and is no part of it. Confluent’s client and Java refuse it.',
      ru: 'У транзакционного продюсера есть вторая личность для `producer.send()`. Вызов проходит, в том числе при открытой транзакции, и в неё не входит. Клиент Confluent и Java его отклоняют.',
    },
    remedy: {
      en: 'Inside a transaction send with what `transaction()` has returned, and with nothing else.',
      ru: 'В транзакции отправляйте только через то, что вернул `transaction()`.',
    },
    runs: ['transactions/cli-12-send-outside-a-transaction'],
  },
  {
    id: 'kafkajs-blocked-handler',
    letter: 'K',
    rules: ['CLI-21', 'GRP-9', 'GRP-13'],
    title: {
      en: 'A long handler is expelled while it works',
      ru: 'Долгий обработчик исключают посреди работы',
    },
    what: {
      en: 'Heartbeats are sent between messages, not in the background. A handler that takes longer than `sessionTimeout` loses its partition, goes on, and its effect comes on top of its successor’s.',
      ru: 'Heartbeat отправляется между сообщениями, а не в фоне. Обработчик дольше `sessionTimeout` лишается партиции, продолжает работу, и его действие добавляется к действию преемника.',
    },
    remedy: {
      en: 'Call `heartbeat()` inside long work, choose `sessionTimeout` above the longest, and make the effect repeatable: no time-out rules the overlap out.',
      ru: 'Вызывайте `heartbeat()` внутри долгой работы, выбирайте `sessionTimeout` больше самой долгой и делайте действие повторимым: никакой таймаут наложения не исключает.',
    },
    runs: ['groups/dif-56-blocked-handler-is-a-zombie'],
  },
  {
    id: 'kafkajs-leaderless',
    letter: 'K',
    rules: ['CLI-33', 'CLI-32'],
    title: {
      en: 'Without a leader a send gives up, without a coordinator the consumer crashes',
      ru: 'Без лидера send сдаётся, без координатора консьюмер падает',
    },
    what: {
      en: 'A send to a partition without leader is rejected after its retries. When the coordinator of its group dies, the consumer comes back by a crash and a restart, from the committed offset: c below comes twice.',
      ru: 'Отправка в партицию без лидера отклоняется, когда кончатся повторы. Если умирает координатор группы, консьюмер возвращается через падение и перезапуск, с закоммиченного смещения: c ниже приходит дважды.',
    },
    remedy: {
      en: 'Count on redelivery whenever a broker dies, and do not take a rejected send for one that is not stored.',
      ru: 'Рассчитывайте на повторную доставку при смерти любого брокера и не считайте, что отклонённая отправка не сохранена.',
    },
    runs: ['replication/dif-79-no-unclean-election', 'replication/dif-82-group-goes-on'],
  },
  {
    id: 'kafkajs-tail',
    letter: 'K',
    rules: ['CLI-8', 'CLI-19'],
    title: {
      en: 'A lag that never becomes 0, and a start that is not remembered',
      ru: 'Лаг, который не становится нулём, и старт, который не запоминается',
    },
    what: {
      en: 'Markers behind the last record are not committed with `eachMessage`, so after a transaction the group stays one behind. A group that has read nothing commits nothing: starting at the end, it skips what is produced while it is down.',
      ru: 'При `eachMessage` маркеры за последней записью не коммитятся, и после транзакции группа отстаёт на единицу. Группа, ничего не прочитавшая, ничего не коммитит: начав с конца, она пропустит то, что напишут, пока её нет.',
    },
    remedy: {
      en: 'Do not alarm on a lag of one marker, and give a new group `fromBeginning: true` or a first commit.',
      ru: 'Не поднимайте тревогу из-за одного маркера, а новой группе задайте `fromBeginning: true` или первый коммит.',
    },
    runs: ['offsets/cli-8-tail-of-markers', 'offsets/dif-38-start-position-is-committed-by-java-only'],
  },
];
