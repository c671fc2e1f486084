/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A7: [
      'A payment was rolled back and never booked. Which payment did the consumer get after the abort?',
      'An abort takes back the records and the offsets of the transaction. The consumer has read on meanwhile, and nobody tells it to go back.',
      'A handler that throws gets its batch again, from the first record that was not resolved. Or seek there yourself.',
      'One more attempt is not always enough: after a record that was refused this client fails once more.',
    ],
    A9: [
      'Two bookings for one payment. Look at the timeline: which transaction wrote the first one, and what became of its offset?',
      'What is written beside the transaction stays when the transaction is rolled back, and the payment comes again.',
    ],
    A10: [
      'A payment may be delivered twice; the verdict wants to see it. What matters is that one booking can be read.',
    ],
    A17: ['A booking that was rolled back has been read. Everything that matters has to be read at read_committed.'],
    A19: ['One part of a transaction counts and another part does not. What was written outside of it?'],
    A20: [
      'Booking and offset went different ways: one counted, the other did not. Which of them was outside of the transaction?',
      'Offsets go with the transaction, by sendOffsets, and by nothing else.',
    ],
    L1: [
      'The program stopped making progress although all faults were over. Look at the last steps of the timeline: what does the client refuse, and why?',
      'In a transaction that has failed nothing but abort is possible, and no other one begins before it has ended.',
      'Does every way out of the handler, errors included, end the transaction that it began?',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
    ],
    N1: [
      'Nobody can read a booking even without a fault. Was the transaction committed?',
      'A booking names its payment by the field id and has the right amount.',
    ],
    N3: ['In no execution was a payment delivered twice, so nothing was put to the test.'],
  },
  ru: {
    A7: [
      'Проводку отменили и больше не сделали. Какой платёж консьюмер получил после отмены?',
      'Отмена убирает записи и смещения транзакции. Но консьюмер прочитал уже дальше, и вернуться ему никто не велит.',
      'Обработчик, который бросает исключение, получает свою пачку снова — с первой записи, не отмеченной как сделанная. Или сделайте seek сами.',
      'Одной новой попытки бывает мало: после отклонённой записи у этого клиента не проходит и следующая транзакция.',
    ],
    A9: [
      'По одному платежу две проводки. Посмотрите в хронологии, какая транзакция записала первую и что стало с её смещением.',
      'То, что записано помимо транзакции, остаётся и после отмены, а платёж приходит снова.',
    ],
    A10: [
      'Платёж может быть доставлен дважды, и вердикт хочет это увидеть. Важно, чтобы прочитать можно было одну проводку.',
    ],
    A17: ['Прочитана отменённая проводка. Всё, что важно, надо читать на уровне read_committed.'],
    A19: ['Часть транзакции подействовала, часть — нет. Что записано помимо неё?'],
    A20: [
      'Проводка и смещение разошлись: одно подействовало, другое — нет. Что из них было вне транзакции?',
      'Смещения отправляют в транзакции, через sendOffsets, и больше никак.',
    ],
    L1: [
      'Сбои закончились, а программа не продвигается. Посмотрите на последние шаги хронологии: в чём клиент отказывает и почему?',
      'В неудавшейся транзакции возможен только abort, и пока она не завершена, новая не начнётся.',
      'На всяком ли пути из обработчика, с ошибкой тоже, завершается начатая в нём транзакция?',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
    ],
    N1: [
      'Даже без сбоев прочитать нельзя ни одной проводки. Закоммичена ли транзакция?',
      'Проводка называет свой платёж в поле id, и сумма в ней верна.',
    ],
    N3: ['Ни в одном исполнении платёж не пришёл дважды, и проверять было нечего.'],
  },
};

export const explanation = {
  en: `A transaction that fails is rolled back whole: nobody at read_committed sees its bookings, and its offsets do not count. So far nothing is lost; the payments lie in their topic, and the group's offset still points at them.

But the consumer is beyond them. It keeps a position of its own, in memory, and reads on from there, whatever becomes of a transaction. The program you found aborts and returns: for the client that means the batch is done. The next transaction then commits the offset of the next batch, and the payments in between are behind it for good.

The solution throws after the abort. The client takes that for a failed batch and delivers it again, from its first record, and a new transaction books it. Seeking there has the same effect.

There is no fixed number of attempts after which it has to work: this client, for one, fails once more in the transaction after a refused record. So begin anew each time, as often as it takes. Where even the abort fails, this producer is finished, and the process makes room for a new one.`,
  ru: `Неудавшаяся транзакция отменяется целиком: на уровне read_committed её проводок никто не видит, а её смещения не действуют. До этого места ничего не потеряно: платежи лежат в своём топике, и смещение группы по-прежнему указывает на них.

Но консьюмер уже за ними. У него своя позиция, в памяти, и читает он от неё, что бы ни стало с транзакцией. Программа, которую вам оставили, отменяет транзакцию и выходит из обработчика: для клиента это значит, что пачка обработана. Следующая транзакция коммитит смещение следующей пачки, и отменённые платежи остаются позади навсегда.

Решение после отмены бросает исключение. Клиент считает пачку неудавшейся и доставляет её снова, с первой записи, а новая транзакция её проводит. То же самое даёт seek.

Числа попыток, после которого всё обязано получиться, нет: у этого клиента, например, после отклонённой записи не проходит и следующая транзакция. Поэтому каждый раз начинайте заново, сколько бы раз ни пришлось. Если же не проходит и отмена, этому продюсеру конец, и процесс уступает место новому.`,
};
