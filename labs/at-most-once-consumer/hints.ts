/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A9: [
      'The reading was on the display, the process died, and the group read it again. Find the step of the crash: where did the committed offset stand at that moment?',
      'If your program commits first and is caught all the same: look for the step at which the commit is queued in the client, and for the one at which the committed offset changes. Your program went on between the two. This client resolves commitOffsets() at the first.',
      'Ask before you act. consumer.committed([{ topic, partition }]) is answered behind every commit that was queued before it. Compare the offset it gives with the one you have asked for, and show the reading only when they are equal.',
    ],
    L1: [
      'The faults are over, and the consumer does not go on. Look at the last step of the timeline and at its source line.',
      'If the same reading comes again and again, the handler throws each time, and the console says why. The offsets of this client are strings: "3" is not equal to 3. If nothing comes any more, something is awaited that never settles.',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
      'A rejected promise that nobody awaits ends a Node process. Await the request, and decide what an error of it means.',
    ],
    N1: [
      'Nothing was shown even without a fault. A program that does nothing repeats nothing, and that is no proof. Was any reading delivered?',
      'The readings lie in the topic before the program starts, so a group without a committed offset has to begin with them: fromBeginning. The display takes a POST to /readings under DISPLAY_URL, with the value of the record as the body.',
    ],
    N3: [
      'Nothing was ever lost, in no execution. At most once loses something when the process dies at the wrong moment, so this program does something else.',
      'Between the commit and the display there has to be a moment at which only a crash stops the reading from being shown.',
    ],
    N4: [
      'A reading was given up that was not in hand when the process died. Losing is allowed for that one only.',
      'Look for a return before the reading is shown, for a condition that drops readings, and for a commit that reaches further than what the handler is about to show.',
    ],
  },
  ru: {
    A9: [
      'Показание было на табло, процесс упал, и группа прочитала его снова. Найдите шаг, на котором он упал: где в этот миг стояло закоммиченное смещение?',
      'Если программа коммитит первой и всё равно попалась: найдите шаг, где коммит встал в очередь клиента, и шаг, где закоммиченное смещение изменилось. Программа пошла дальше между ними. У этого клиента commitOffsets() завершается на первом.',
      'Сначала спросите, потом действуйте. На consumer.committed([{ topic, partition }]) отвечают после всех коммитов, вставших в очередь раньше. Сравните полученное смещение с тем, которое коммитили, и показывайте, только если они равны.',
    ],
    L1: [
      'Сбои закончились, а консьюмер не продвигается. Посмотрите на последний шаг хронологии и на его строку в коде.',
      'Одно и то же показание снова и снова — значит, обработчик каждый раз бросает исключение; почему, видно в консоли. Смещения у этого клиента — строки: "3" не равно 3. Если не приходит ничего, программа ждёт того, что никогда не завершится.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
      'Отклонённый промис, которого никто не ждёт, завершает процесс Node. Дождитесь запроса и решите, что означает его ошибка.',
    ],
    N1: [
      'Ничего не показано даже без сбоев. Программа, которая ничего не делает, ничего и не повторяет, но доказательством это не служит. Было ли доставлено хоть одно показание?',
      'Показания лежат в топике до запуска программы, поэтому группе без закоммиченного смещения нужно начать с них: fromBeginning. Табло принимает POST на /readings по адресу DISPLAY_URL, в теле — значение записи.',
    ],
    N3: [
      'Ни в одном исполнении ничего не потеряно. At-most-once теряет, когда процесс падает в неудачный момент; значит, эта программа делает что-то другое.',
      'Между коммитом и табло должен быть момент, когда показать показание может помешать только падение.',
    ],
    N4: [
      'Пропало показание, которое не было в работе, когда процесс упал. Терять разрешено только то, что было.',
      'Поищите return до показа, условие, которое отбрасывает показания, и коммит, который заходит дальше того, что обработчик собирается показать.',
    ],
  },
};

export const explanation = {
  en: `The solution says "done" first and acts afterwards. If the process dies before the group has the new offset, the reading is delivered again, and nobody has seen it yet. If it dies after that, the group goes on behind the reading, and it was shown once or not at all. There is no third case.

That needs a commit that has really happened. With this client an awaited commitOffsets() is a commit in the client's own queue: it may not have left when the process dies, and a refusal by the coordinator is not reported. committed() goes to the same coordinator on the same connection and is answered after the commit, so its answer is the proof. It is compared, not only awaited: a commit that was refused or got lost leaves the old offset, and then nothing must be shown yet. The error that the handler throws makes the client deliver the reading again.

An error of the display must not leave the handler. The client would seek back and deliver the reading again, although it is committed, and if only the answer was lost, the display would show it a second time. So the error is logged and the reading is given up: at most once never tries twice.

It costs one more round trip for each reading. The alternative with eachBatch pays it once a batch, and a crash loses what is left of the batch instead of one reading.`,
  ru: `Решение сначала отмечает «сделано», потом действует. Если процесс упал раньше, чем у группы появилось новое смещение, показание доставят снова, и его ещё никто не видел. Если позже, группа читает дальше, а показание было на табло один раз или ни разу. Третьего не бывает.

Но для этого коммит должен действительно произойти. У этого клиента await commitOffsets() означает коммит в очереди самого клиента: к моменту падения он мог никуда не уйти, а об отказе координатора не сообщают. committed() идёт к тому же координатору по тому же соединению и получает ответ после коммита, поэтому его ответ и есть доказательство. Его мало дождаться, его надо сравнить: если коммит отклонён или потерялся, смещение осталось прежним, и показывать ещё рано. Тогда обработчик бросает исключение, и клиент доставляет показание снова.

Ошибка табло, наоборот, не должна выходить из обработчика. Клиент вернулся бы к этому смещению, хотя оно закоммичено, и доставил бы показание ещё раз; а если потерялся только ответ, табло показало бы его дважды. Поэтому ошибка идёт в лог, а показание пропадает: at-most-once не пробует второй раз.

Цена — ещё один запрос и ответ на каждое показание. Вариант с eachBatch платит её раз на пачку, зато падение теряет весь остаток пачки, а не одно показание.`,
};
