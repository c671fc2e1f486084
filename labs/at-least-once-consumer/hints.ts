/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A7: [
      'At the end the committed offset lies behind the order, and it was never shipped: nobody will read it again. Find the step at which the offset was committed, and ask whether shipping had answered by then.',
      'Two things have to be in order: the shipment comes before the commit, and the commit waits for its answer. A promise that nobody awaits does not hold the commit back, and neither does one whose error is caught and forgotten.',
      'fetch rejects when a request or its answer is lost. Let the error leave the handler: this client then delivers the same message again. A catch that only logs, and a finally that commits or resolves, both take a failure for success.',
    ],
    A9: [
      'Two shipments of one order are allowed in this lab and cannot be avoided by the order of the two steps. Leave them be; the verdict wants to see that they happen.',
      'If no execution repeats anything, something is committed too early or handled outside the handler.',
    ],
    A16: [
      'The group was told that it has come further than it has. Find the commit in the timeline and compare its offset with the one of the message.',
      'message.offset is a string, and a plus sign joins strings. Make a number of it, add one, and commit that as a string.',
    ],
    L1: [
      'The consumer stopped making progress although all faults were over. Look at the last step of the timeline and at its source line.',
      'The same message again and again means that the handler throws each time: the console shows why, and a refusal by the service has its reason in the body of the answer. No step at all means that something never settles: an await without an end, or a loop without an await.',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
      'A rejected promise that nobody awaits ends a Node process. An error inside the handler does not, when the handler awaits what it starts.',
    ],
    N1: [
      'Nothing was shipped even without a fault, so there is nothing to judge. Was any order delivered?',
      'The orders lie in the topic before the program starts. A group without a committed offset starts at the end unless its consumer is configured with fromBeginning.',
      'A shipment counts when the order was delivered before. The service accepts a POST to /shipments under SHIPPING_URL with the id of the order.',
    ],
    N3: [
      'No execution delivered and shipped an order twice, so it is not known what your program does then. Faults of every kind were tried.',
      'At least once means that a failed or interrupted order is handled again. Does your program skip orders that it believes it has seen?',
    ],
  },
  ru: {
    A7: [
      'В конце закоммиченное смещение стоит за этим заказом, а отправлен он не был, и читать его больше никто не будет. Найдите шаг, на котором смещение закоммичено: ответила ли к этому времени служба доставки?',
      'Нужны обе вещи: отправка идёт раньше коммита, и коммит ждёт её ответа. Промис, которого никто не ждёт, коммит не задержит; и промис, чью ошибку поймали и забыли, тоже.',
      'fetch отклоняет промис, если потерян запрос или ответ. Дайте ошибке выйти из обработчика: тогда этот клиент доставит то же сообщение ещё раз. И catch, который только пишет в лог, и finally, в котором коммитят или вызывают resolveOffset, принимают неудачу за успех.',
    ],
    A9: [
      'Две отправки одного заказа в этой лабораторной разрешены, и порядком двух шагов их не избежать. Не боритесь с ними: вердикт как раз хочет увидеть, что они бывают.',
      'Если ни в одном исполнении ничего не повторилось, значит, что-то коммитится слишком рано или обрабатывается вне обработчика.',
    ],
    A16: [
      'Группе сообщили, что она дальше, чем есть на самом деле. Найдите этот коммит в хронологии и сравните его смещение со смещением сообщения.',
      'message.offset — строка, а плюс строки склеивает. Сделайте из неё число, прибавьте единицу и закоммитьте результат строкой.',
    ],
    L1: [
      'Сбои закончились, а консьюмер не продвигается. Посмотрите на последний шаг хронологии и на его строку в коде.',
      'Одно и то же сообщение снова и снова — значит, обработчик каждый раз бросает исключение: причина видна в консоли, а если отказала служба, причина в теле ответа. Шагов нет совсем — значит, что-то не завершается: await без конца или цикл без await.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
      'Отклонённый промис, которого никто не ждёт, завершает процесс Node. Ошибка внутри обработчика — нет, если обработчик ждёт всё, что начал.',
    ],
    N1: [
      'Ничего не отправлено даже без сбоев, и судить не о чем. Был ли доставлен хоть один заказ?',
      'Заказы лежат в топике до запуска программы. Группа без закоммиченного смещения начинает с конца, если консьюмер не настроен с fromBeginning.',
      'Отправка засчитывается, если заказ до этого был доставлен. Служба принимает POST на /shipments по адресу SHIPPING_URL с id заказа.',
    ],
    N3: [
      'Ни в одном исполнении заказ не был доставлен и отправлен дважды, поэтому неизвестно, что ваша программа делает в этом случае. Сбои пробовались всех видов.',
      'At-least-once означает, что неудавшийся или прерванный заказ обрабатывают снова. Не пропускает ли программа заказы, которые считает знакомыми?',
    ],
  },
};

export const explanation = {
  en: `The solution swaps two lines: ship, then commit. Between the two there is always a moment in which the process may die. With the commit first, that moment loses the order; with the shipment first, it repeats it.

The order of the lines is only half of it. The commit must wait for the answer, so the shipment is awaited. And it must not happen when there is no answer, so the error is left alone: fetch rejects, the handler throws, and the client seeks back and delivers the same message again after about half a second. There is nothing to catch, because there is nothing better to do.

A lost answer looks to the program exactly like a lost request. It tries again in both cases, and in the first one the order is shipped a second time. That is the price, and the verdict reports that it was seen.

The commit itself needs no confirmation in this direction. This client resolves commitOffsets() when the request is queued; if the commit is lost with the process, the order comes again, which this program bears. The alternative with auto commit uses the same fact: an offset is committed some time after its handler has resolved, never before.`,
  ru: `Решение меняет местами две строки: сначала отправить, потом закоммитить. Между ними всегда есть миг, в который процесс может умереть. Если первым идёт коммит, в этот миг заказ теряется; если первой идёт отправка — повторяется.

Порядок строк — только половина дела. Коммит должен дождаться ответа, поэтому у отправки стоит await. И коммита не должно быть, если ответа нет, поэтому ошибку не трогают: fetch отклоняет промис, обработчик бросает исключение, клиент возвращается к этому же смещению и примерно через полсекунды доставляет то же сообщение. Ловить ошибку незачем: ничего лучшего программа с ней не сделает.

Потерянный ответ для программы выглядит точно так же, как потерянный запрос. В обоих случаях она пробует ещё раз, и если потерялся ответ, заказ отправляется вторично. Это цена, и вердикт отмечает, что такой повтор встретился.

Подтверждать сам коммит в эту сторону не нужно. У этого клиента промис commitOffsets() выполняется, когда запрос поставлен в очередь; если коммит пропадёт вместе с процессом, заказ придёт ещё раз, а это программа выдерживает. Вариант с автокоммитом опирается на то же: смещение коммитится через какое-то время после того, как обработчик завершился, и никогда раньше.`,
};
