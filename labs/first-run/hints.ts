/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A7: [
      'The reading was delivered to your handler. Go to that step of the timeline and look at what follows: no request to the store.',
      'When a handler returns without an error, the client takes the record for done, whatever the handler has done with it. Which line lets the handler return before the request?',
      'Compare the temperature of the lost reading with those of the stored ones. The hidden readings have other temperatures, so moving a limit does not help.',
    ],
    L1: [
      'The same reading comes again and again, or the program hangs while it handles it. Look at the last step of the timeline and at its source line.',
      'A handler that throws gets the same message again after about half a second, without end. The console shows the error. A loop that waits without await lets nothing else happen, not even the answer it waits for.',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and met the same error. The console shows it with its line.',
      'The usual ones: a promise that rejects and that nobody awaits, and an option at the wrong place. With this client fromBeginning and autoCommit belong into consumer(), not into subscribe() or run().',
    ],
    N1: [
      'Nothing was stored, so there is nothing to judge. Did any reading reach the handler? The timeline shows deliveries; your console.log shows them too.',
      'If none was delivered: the readings were in the topic before your program started, and a group without a committed offset starts at the end, unless its consumer is configured to start from the beginning.',
      'If they were delivered: the store counts only a POST to /readings under STORE_URL whose body is a reading that was delivered before. Look at the status of the answer.',
    ],
  },
  ru: {
    A7: [
      'Показание дошло до вашего обработчика. Найдите этот шаг в хронологии и посмотрите, что идёт за ним: запроса к хранилищу нет.',
      'Если обработчик вернулся без ошибки, клиент считает запись обработанной, что бы обработчик с ней ни сделал. Какая строка позволяет вернуться раньше запроса?',
      'Сравните температуру потерянного показания с температурой сохранённых. В скрытом варианте температуры другие, так что подвинуть порог недостаточно.',
    ],
    L1: [
      'Одно и то же показание приходит снова и снова, либо программа зависла на нём. Посмотрите на последний шаг хронологии и на его строку в коде.',
      'Обработчик, бросивший исключение, получает то же сообщение примерно через полсекунды, и так без конца; ошибка видна в консоли. А цикл, который ждёт без await, не даёт произойти ничему, в том числе ответу, которого он ждёт.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и он встретил ту же ошибку. В консоли она показана вместе со строкой.',
      'Обычные причины: отклонённый промис, которого никто не ждёт, и параметр не на своём месте. У этого клиента fromBeginning и autoCommit передаются в consumer(), а не в subscribe() и не в run().',
    ],
    N1: [
      'Ничего не сохранено, и судить не о чем. Дошло ли до обработчика хоть одно показание? Доставки видны в хронологии, а ещё их показывает ваш console.log.',
      'Если доставок нет: показания лежали в топике до запуска программы, а группа без закоммиченного смещения начинает с конца, если консьюмер не настроен читать с начала.',
      'Если доставки есть: хранилище засчитывает только POST на /readings по адресу STORE_URL, с телом показания, которое до этого было доставлено. Посмотрите на статус ответа.',
    ],
  },
};

export const explanation = {
  en: `The solution is the starter without one line. The condition looked like a filter for broken sensors; a freezer is below zero all the time, so it dropped every second reading.

Nothing failed when it did. The handler returned, the client took the record for handled and committed the offset behind it. To the group the reading is done; only the store knows that it never arrived. A record that is committed and has no effect is what this course calls lost.

The status of the answer is checked because fetch rejects only when there is no answer at all. A refusal is an ordinary response, and without the check it would be taken for success.`,
  ru: `Решение — это заготовка без одной строки. Условие выглядело как фильтр неисправных датчиков, но в морозильнике всегда ниже нуля, и пропадало каждое второе показание.

Ничего при этом не сломалось. Обработчик вернулся, клиент счёл запись обработанной и закоммитил смещение за ней. Для группы показание обработано, и только хранилище знает, что оно не пришло. Запись, которая закоммичена, но не дала результата, в этом курсе называется потерянной.

Статус ответа проверяется потому, что fetch отклоняет промис, только если ответа нет совсем. Отказ — это обычный ответ, и без проверки он сошёл бы за успех.`,
};
