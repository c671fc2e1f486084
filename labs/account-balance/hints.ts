/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A11: [
      'A balance is off by exactly the amount of one payment. Follow that payment through the timeline: what did the second attempt know of the first?',
      'Adding twice is adding twice. The program has to remember what it has added, in a place that survives the process and that its successor reads as well.',
      'The mark in the inbox and the change of the balance have to happen together or not at all. They do if they are in one transaction, and that is on one client: pool.query takes any connection.',
    ],
    A9: ['See the hints on the balance: a payment that is booked twice makes it wrong.'],
    A7: [
      'The offset is committed and the payment is in no balance. Was it marked as done before it was done?',
      'If the mark and the change are two transactions, a crash fits in between. If the program reads a balance, adds, and writes it back, whatever was booked in between is overwritten.',
      'Or was another payment taken for it? Two payments may have the same amount and may have been sent in the same millisecond; what is never the same for two of them?',
      'Let an error leave the handler. The payment is delivered again, and the mark says whether there is still something to do.',
    ],
    A10: ['A payment may be delivered twice; the verdict wants to see it. What matters is that it is booked once.'],
    L1: [
      'The consumer stopped making progress although all faults were over. The last steps of the timeline show what it waits for.',
      'A transaction that is neither committed nor rolled back keeps other instances waiting. Release the client on every way out, and with an error when its transaction is not over.',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
    ],
    N1: [
      'No balance has changed even without a fault. Was any payment delivered? A group without a committed offset starts at the end unless its consumer is configured with fromBeginning.',
      'A transaction that is never committed changes nothing.',
    ],
    N3: ['In no execution was a payment delivered twice, so the inbox was not put to the test.'],
  },
  ru: {
    A11: [
      'Баланс расходится ровно на сумму одного платежа. Проследите за этим платежом в хронологии: что вторая попытка знала о первой?',
      'Прибавить дважды — значит прибавить дважды. Программа должна помнить, что уже прибавила, и помнить там, где это переживёт процесс и где это прочтёт преемник.',
      'Отметка в inbox и изменение баланса должны происходить вместе или не происходить вовсе. Так и будет, если они в одной транзакции, то есть на одном клиенте: pool.query берёт любое соединение.',
    ],
    A9: ['Смотрите подсказки о балансе: неверным его делает платёж, учтённый дважды.'],
    A7: [
      'Смещение закоммичено, а платежа нет ни в одном балансе. Не отмечен ли он как сделанный раньше, чем сделан?',
      'Если отметка и изменение — две транзакции, между ними помещается падение. Если программа читает баланс, прибавляет и записывает обратно, всё учтённое в промежутке затирается.',
      'Или за него приняли другой платёж? У двух платежей может совпасть сумма, а отправить их могли в одну миллисекунду. Что у них не совпадёт никогда?',
      'Дайте ошибке выйти из обработчика. Платёж доставят ещё раз, а отметка скажет, осталось ли что-то сделать.',
    ],
    A10: ['Платёж может быть доставлен дважды, и вердикт хочет это увидеть. Важно, чтобы учтён он был один раз.'],
    L1: [
      'Сбои закончились, а консьюмер не продвигается. Последние шаги хронологии показывают, чего он ждёт.',
      'Транзакция, которую не закоммитили и не откатили, заставляет ждать другие экземпляры. Возвращайте клиента на любом пути, а если транзакция не закончена — с ошибкой.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
    ],
    N1: [
      'Ни один баланс не изменился даже без сбоев. Был ли доставлен хоть один платёж? Группа без закоммиченного смещения начинает с конца, если консьюмер не настроен с fromBeginning.',
      'Транзакция, которую не закоммитили, ничего не меняет.',
    ],
    N3: ['Ни в одном исполнении платёж не пришёл дважды, и inbox не был испытан.'],
  },
};

export const explanation = {
  en: `Redelivery cannot be avoided, and adding cannot be repeated. So the program has to know what it has added, and that knowledge has to be as lasting as the balance and change together with it: a row in the inbox, written in the same transaction.

The INSERT comes first and asks the question at the same time. ON CONFLICT DO NOTHING reports one row for a new payment and none for a known one; only a new one is added. If the process dies before COMMIT, both are gone and the payment comes again. If it dies after COMMIT, both are there and the second attempt finds the mark.

A transaction lives on one connection. client.query is inside of it; pool.query borrows whatever connection is free, and its change is committed at once, whatever becomes of the transaction. The client goes back to the pool with release(); with release(true) it is closed, and its transaction with it.

A COMMIT whose answer is lost may have happened. The program does not find out, and does not have to: the handler fails, the payment is delivered again, and the inbox knows. The same holds for a process that wakes up after it has been replaced: whichever of the two comes second meets the mark.`,
  ru: `Повторной доставки не избежать, а прибавление повторять нельзя. Значит, программа должна знать, что она уже прибавила, и знание это должно храниться так же надёжно, как баланс, и меняться вместе с ним: это строка в inbox, записанная в той же транзакции.

INSERT стоит первым и заодно задаёт вопрос. ON CONFLICT DO NOTHING сообщает об одной строке, если платёж новый, и ни об одной, если знакомый; прибавляют только новый. Если процесс умрёт до COMMIT, пропадёт и то и другое, и платёж придёт ещё раз. Если после — есть и то и другое, и вторая попытка найдёт отметку.

Транзакция живёт на одном соединении. client.query — внутри неё; pool.query берёт любое свободное соединение, и его изменение коммитится сразу, что бы ни стало с транзакцией. Клиент возвращается в пул через release(), а с release(true) он закрывается вместе со своей транзакцией.

COMMIT, ответ на который потерян, мог и состояться. Программа этого не выясняет, да ей и не надо: обработчик завершается ошибкой, платёж доставляют ещё раз, и inbox знает ответ. То же с процессом, который проснулся после того, как его заменили: кто из двоих придёт вторым, тот наткнётся на отметку.`,
};
