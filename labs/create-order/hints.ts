/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    L1: [
      'The same record is delivered again and again, and its handler fails each time. The console and the timeline show what the database answers.',
      'An INSERT whose key is there already is refused with 23505. The row that is wanted exists; the program takes that for a failure.',
      'PostgreSQL can be told what to do then, in the same statement: INSERT … ON CONFLICT (key) DO NOTHING.',
    ],
    A9: [
      'Two rows hold the same order. Look at their keys in the table: why are they different?',
      'A redelivered record has the same offset; the shop’s second copy has another one; a key that the program makes up is new each time. Only one thing is the same in all three cases.',
      'If your program looks first and inserts then, look at the pause: between the two another instance has written. The look and the write have to be one step, and a primary key makes them one.',
    ],
    A7: [
      'The offset of the order is committed, and it has no row. Which of the two came first, and did the commit wait for the answer?',
      'An error is not always a duplicate. A lost connection rejects as well, and then nobody knows whether the row is there. error.code tells them apart: it is 23505 for a duplicate and absent for a lost connection.',
      'Let an error that you cannot explain leave the handler: the record is delivered again, and the second INSERT does no harm if the key is right.',
    ],
    A11: [
      'Compare the row with the order: item and quantity have to be those of the message.',
      'An order that comes a second time is the same order. If your statement changes the row then, what does it make of it?',
      'A row under an order_id that stands in no message is an order that nobody has placed.',
    ],
    A10: ['A record may be delivered twice; the verdict wants to see it. What matters is what the second time does.'],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
      'A promise that nobody awaits ends a Node process when it is rejected. So does an error event of a client that was lent by pool.connect() and has no listener for it.',
    ],
    N1: [
      'No row was written even without a fault. Was any order delivered? A group without a committed offset starts at the end unless its consumer is configured with fromBeginning.',
      'A row counts when its order_id is the id of an order that was delivered before.',
    ],
    N3: [
      'In no execution was a record delivered twice, so the key was not put to the test. Does your program skip what it has seen?',
    ],
  },
  ru: {
    L1: [
      'Одна и та же запись приходит снова и снова, и обработчик каждый раз завершается ошибкой. Что отвечает база, видно в консоли и в хронологии.',
      'INSERT с уже занятым ключом отклоняется с кодом 23505. Нужная строка есть, а программа считает это неудачей.',
      'Что делать в таком случае, можно сказать PostgreSQL в том же операторе: INSERT … ON CONFLICT (key) DO NOTHING.',
    ],
    A9: [
      'В двух строках один и тот же заказ. Посмотрите на их ключи в таблице: почему они разные?',
      'У записи, доставленной повторно, смещение то же; у второй копии от магазина — другое; ключ, который придумывает программа, каждый раз новый. Во всех трёх случаях одинаково только одно.',
      'Если программа сначала смотрит, а потом вставляет, взгляните на паузу: между этими шагами строку записал другой экземпляр. Проверка и запись должны быть одним шагом, и одним шагом их делает первичный ключ.',
    ],
    A7: [
      'Смещение заказа закоммичено, а строки нет. Что из двух было раньше и дождался ли коммит ответа?',
      'Не всякая ошибка — дубликат. Потерянное соединение тоже отклоняет промис, и тогда неизвестно, есть ли строка. Различить их помогает error.code: у дубликата это 23505, у потерянного соединения кода нет.',
      'Дайте необъяснимой ошибке выйти из обработчика: запись доставят ещё раз, и второй INSERT не повредит, если ключ выбран верно.',
    ],
    A11: [
      'Сравните строку с заказом: item и quantity должны быть те же, что в сообщении.',
      'Заказ, который пришёл второй раз, — тот же самый заказ. Если ваш оператор при этом меняет строку, что в ней получается?',
      'Строка с order_id, которого нет ни в одном сообщении, — это заказ, которого никто не делал.',
    ],
    A10: [
      'Запись может быть доставлена дважды, и вердикт хочет это увидеть. Важно, что программа делает во второй раз.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
      'Отклонённый промис, которого никто не ждёт, завершает процесс Node. Так же действует событие error у клиента, взятого через pool.connect(), если его никто не слушает.',
    ],
    N1: [
      'Ни одной строки даже без сбоев. Был ли доставлен хоть один заказ? Группа без закоммиченного смещения начинает с конца, если консьюмер не настроен с fromBeginning.',
      'Строка засчитывается, если её order_id — это id заказа, который до этого был доставлен.',
    ],
    N3: [
      'Ни в одном исполнении запись не пришла дважды, и ключ не был испытан. Не пропускает ли программа то, что уже видела?',
    ],
  },
};

export const explanation = {
  en: `The solution adds five words: ON CONFLICT (key) DO NOTHING, with the order's own id as the key. A second INSERT of the same order then changes nothing, whoever sends it and whenever.

Three things bring an order twice, and they differ in what stays the same. Redelivery after a crash repeats the record at the same offset. The shop's second attempt is another record at another offset. A process that has been replaced writes what its successor has written already. The offset tells only the first kind; a key made up by the program tells none; the id in the message tells all three.

The check and the write have to be one step. Between a SELECT and an INSERT there is always room for another instance, and the group does not prevent it: it stops sending records to a process that has frozen, and that process still has one in its hands. A unique key moves the decision to the only place that sees all writers.

An error says nothing about the row. When the connection breaks, the INSERT may have been committed or not. The solution does not ask: it lets the error leave the handler, the record is delivered again, and the second INSERT is harmless either way. Whoever catches errors has to look at the code: 23505 means that the row is there, everything else means that nobody knows.`,
  ru: `Решение добавляет одно выражение: ON CONFLICT (key) DO NOTHING, а ключом берёт id самого заказа. Тогда второй INSERT того же заказа ничего не меняет, кто бы и когда бы его ни отправил.

Заказ приходит дважды по трём причинам, и различаются они тем, что остаётся одинаковым. После падения запись доставляют повторно с того же смещения. Вторая попытка магазина — другая запись на другом смещении. Процесс, которого заменили, пишет то, что уже записал преемник. Смещение распознаёт только первый случай, ключ, придуманный программой, — ни одного, а id из сообщения — все три.

Проверка и запись должны быть одним шагом. Между SELECT и INSERT всегда есть место для другого экземпляра, и группа этому не мешает: замершему процессу она больше не даёт записей, но одна у него уже на руках. Уникальный ключ переносит решение туда, где видны все, кто пишет.

Ошибка ничего не говорит о строке. Если соединение оборвалось, INSERT мог быть закоммичен, а мог и не быть. Решение не выясняет: ошибка выходит из обработчика, запись доставляют ещё раз, и второй INSERT безвреден в любом случае. Кто ловит ошибки, должен смотреть на код: 23505 значит, что строка есть, а всё остальное — что неизвестно.`,
};
