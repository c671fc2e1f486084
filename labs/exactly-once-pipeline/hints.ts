/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A9: [
      'Two receipts for one order. Look at the timeline: where was the group’s offset when the second one was made?',
      'An idempotent producer recognises its own repetitions. A process that has been started again is another producer, and so is the one that took over.',
      'The receipt and the offset have to take effect together. A transaction can hold both: the records that it sends, and offsets of the consumer.',
    ],
    A7: [
      'The offset of the order is committed, and nobody can read a receipt. What did the program do first?',
      'What is committed beside the transaction counts, whatever becomes of the transaction. Send the offset with the transaction instead.',
      'The receipts have to be for the orders that came, with their totals: the hidden variations have others.',
    ],
    A10: [
      'An order may be delivered twice; the verdict wants to see it. What matters is that one receipt can be read.',
    ],
    A19: ['One part of a transaction counts and another part does not. What was written outside of it?'],
    A20: [
      'Receipt and offset went different ways: one counted, the other did not. Between which two steps did that happen?',
      'One transaction has to hold both, and nothing else may commit offsets: neither commitOffsets nor the consumer’s timer.',
      'The offset to send is that of the next record to read, as with every commit.',
    ],
    L1: [
      'The pipeline stopped although all faults were over. Look at the last steps of the timeline: what does the producer answer?',
      'After an error inside a transaction nothing but abort is possible. A handler that throws gets its order again, and begins anew.',
      'A producer that another one has replaced is finished: its abort fails, too, and so does everything after it. What can end such a producer?',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
    ],
    N1: [
      'Nobody can read a receipt even without a fault. Was the transaction committed? Before that a reader at read_committed sees nothing of it.',
      'A receipt names its order by the field id and has the right total.',
    ],
    N3: ['In no execution was an order delivered twice, so nothing was put to the test.'],
  },
  ru: {
    A9: [
      'На один заказ два чека. Посмотрите в хронологии, где стояло смещение группы, когда выписывали второй.',
      'Идемпотентный продюсер узнаёт собственные повторы. Процесс, запущенный заново, — уже другой продюсер, и тот, кто перенял партицию, тоже.',
      'Чек и смещение должны подействовать вместе. Транзакция вмещает и то и другое: записи, которые отправляют в ней, и смещения консьюмера.',
    ],
    A7: [
      'Смещение заказа закоммичено, а прочитать чек некому. Что программа сделала раньше?',
      'То, что закоммичено помимо транзакции, действует, что бы с ней ни стало. Отправьте смещение в самой транзакции.',
      'Чеки должны быть на те заказы, которые пришли, и с их суммами: в скрытых вариантах они другие.',
    ],
    A10: [
      'Заказ может быть доставлен дважды, и вердикт хочет это увидеть. Важно, чтобы прочитать можно было один чек.',
    ],
    A19: ['Часть транзакции подействовала, часть — нет. Что записано помимо неё?'],
    A20: [
      'Чек и смещение разошлись: одно подействовало, другое — нет. Между какими двумя шагами это случилось?',
      'И то и другое должно быть в одной транзакции, и больше ничто не должно коммитить смещения: ни commitOffsets, ни таймер консьюмера.',
      'Отправлять надо смещение следующей записи, как и при любом коммите.',
    ],
    L1: [
      'Сбои закончились, а конвейер стоит. Посмотрите на последние шаги хронологии: что отвечает продюсер?',
      'После ошибки внутри транзакции возможен только abort. Если обработчик бросит исключение, заказ придёт снова и всё начнётся сначала.',
      'Продюсеру, которого сменил другой, конец: не проходит ни его abort, ни что-либо после. Как от такого избавиться?',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
    ],
    N1: [
      'Даже без сбоев прочитать нельзя ни одного чека. Закоммичена ли транзакция? До этого читатель на уровне read_committed ничего из неё не видит.',
      'Чек называет свой заказ в поле id, и сумма в нём верна.',
    ],
    N3: ['Ни в одном исполнении заказ не пришёл дважды, и проверять было нечего.'],
  },
};

export const explanation = {
  en: `The receipt and the offset of its order are two writes to two topics: the offset is a record of the internal topic __consumer_offsets. A transaction makes them one. Before the commit nobody at read_committed sees the receipt, and the group's offset stands where it was; with the commit both count.

A crash before the commit leaves an open transaction. The next life uses the same transactionalId, and connect() does not return before the cluster has aborted what the former life had begun. Then the order is delivered again, and a new transaction makes its receipt.

The zombie is refused twice. Its successor has taken over the transactionalId, so its producer is fenced; and sendOffsets tells the cluster in which generation the member received the order, so the offsets of a replaced member are not taken, whatever id its producer has. Either way its transaction ends in an abort, and its receipt is never seen.

Errors come in two kinds. After the first, abort() succeeds: throw, and the client delivers the order again. After the second, abort() fails as well, because this producer is finished: only a new one can go on, and the simplest way to one is a new process.`,
  ru: `Чек и смещение заказа — это две записи в два топика: смещение — запись внутреннего топика __consumer_offsets. Транзакция делает из них одну. До коммита на уровне read_committed чека никто не видит, а смещение группы стоит на месте; с коммитом действует и то и другое.

Падение до коммита оставляет транзакцию открытой. Следующая жизнь берёт тот же transactionalId, и connect() не вернётся, пока кластер не отменит то, что начала прежняя. Потом заказ доставляют снова, и чек делает новая транзакция.

Зомби получает отказ дважды. Преемник забрал transactionalId, и продюсер зомби отсечён; а sendOffsets сообщает кластеру, в каком поколении участник получил заказ, и смещения заменённого участника не принимают, какой бы id ни был у его продюсера. Так или иначе его транзакция кончается отменой, и чека никто не увидит.

Ошибки бывают двух родов. После первых abort() проходит: бросьте исключение, и клиент доставит заказ снова. После вторых не проходит и abort(): этому продюсеру конец, продолжить может только новый, и проще всего получить его вместе с новым процессом.`,
};
