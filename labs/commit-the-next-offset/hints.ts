/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A15: [
      'After the last restart there was nothing new, and still something was delivered. The group starts from its committed offset, so look at the number that was committed last and at the offset that was delivered first.',
      'Is anything committed at all? If so, ask what the number means: the first record that is not done yet, or the last one that is.',
      'commitOffsets() takes a list of { topic, partition, offset }. The offset is a string and the next to be read. A number beyond the end of the log does not help either: the broker calls it out of range and the group starts over.',
    ],
    A7: [
      'A record was skipped: after the restart the group began behind it. Look at the offset that was committed before the restart and at the offset of the record.',
      'The committed offset is where the group goes on. With the record at offset k done, which number makes it go on with the record behind it, and not with the one behind that?',
      'Commit after the store has answered, for the record you have just handled and not for more.',
    ],
    L1: [
      'The consumer does not get past one reading. Look at the last step of the timeline, and at the console for an error that comes again and again.',
      'A handler that throws gets the same message again after about half a second. A loop that waits without await lets nothing else happen.',
    ],
    L2: [
      'An error left the program. It was started again and met the same error; the console shows it with its line.',
      'commitOffsets() may be called once the consumer is connected and has its partition; inside the handler is the simplest place.',
    ],
    N1: [
      'Nothing was stored, so there is nothing to judge. Was anything delivered?',
      'A group without a committed offset starts at the end of the log unless its consumer is configured with fromBeginning. Here the records lie in the log before the program starts.',
      'Only a reading that was delivered before counts as stored.',
    ],
  },
  ru: {
    A15: [
      'После последнего перезапуска нового не было, и всё же что-то доставлено. Группа начинает с закоммиченного смещения: сравните последнее закоммиченное число со смещением первой доставленной записи.',
      'Коммитится ли вообще что-нибудь? Если да, спросите, что означает число: первую ещё не обработанную запись или последнюю обработанную.',
      'commitOffsets() принимает список { topic, partition, offset }. Смещение — строка, и это смещение следующей записи. Число за концом лога тоже не поможет: для брокера оно вне диапазона, и группа начнёт сначала.',
    ],
    A7: [
      'Запись пропущена: после перезапуска группа начала уже за ней. Сравните смещение, закоммиченное до перезапуска, со смещением этой записи.',
      'Закоммиченное смещение — место, с которого группа продолжит. Запись со смещением k обработана: с каким числом группа перейдёт к следующей записи, а не через одну?',
      'Коммитьте после ответа хранилища и только за ту запись, которую сейчас обработали.',
    ],
    L1: [
      'Консьюмер застрял на одном показании. Посмотрите на последний шаг хронологии и на консоль: нет ли там ошибки, которая повторяется.',
      'Обработчик, бросивший исключение, получает то же сообщение примерно через полсекунды. А цикл, который ждёт без await, не даёт произойти ничему.',
    ],
    L2: [
      'Ошибка вышла за пределы программы. Её запустили снова, и она встретила ту же ошибку; в консоли она показана вместе со строкой.',
      'commitOffsets() можно вызывать, когда консьюмер подключён и получил партицию; проще всего — внутри обработчика.',
    ],
    N1: [
      'Ничего не сохранено, и судить не о чем. Было ли что-нибудь доставлено?',
      'Группа без закоммиченного смещения начинает с конца лога, если консьюмер не настроен с fromBeginning. Здесь записи лежат в логе до запуска программы.',
      'Сохранение засчитывается только для показания, которое до этого было доставлено.',
    ],
  },
};

export const explanation = {
  en: `The committed offset is the next one to read. When the record at offset k is stored, the group has to remember k + 1. Message offsets and committed offsets are strings in this API, because an offset is a 64-bit number; so the program converts, adds one, and converts back. Adding 1 to the string would append a digit.

Commit k, and every restart delivers the last record again: it looks harmless until the record is a payment. Commit k + 2, and a restart begins behind a record that nobody has read. Nothing warns you in either case. The coordinator stores the number it is given, whatever it is.

The position of the running consumer is another number and moves by itself. That is why all these programs behave alike until somebody restarts them, and why this lab restarts them.

The alternative with auto commit is right as well. This client stores k + 1 when the handler has resolved and commits it by timer and when it closes; so that program closes its consumer when it is asked to stop.`,
  ru: `Закоммиченное смещение — это смещение следующей записи. Когда запись со смещением k сохранена, группа должна запомнить k + 1. В этом API смещения — строки, потому что смещение — 64-битное число; поэтому программа переводит строку в число, прибавляет единицу и переводит обратно. Если прибавить 1 к строке, она станет на цифру длиннее.

Если коммитить k, каждый перезапуск доставит последнюю запись ещё раз: это кажется безобидным, пока запись не окажется платежом. Если коммитить k + 2, перезапуск начнётся за записью, которой никто не читал. Ни в том, ни в другом случае вас не предупредят: координатор хранит то число, которое ему дали, каким бы оно ни было.

Позиция работающего консьюмера — другое число, и двигается оно само. Поэтому все эти программы ведут себя одинаково, пока их не перезапустят, и поэтому лабораторная их перезапускает.

Вариант с автокоммитом тоже верен. Этот клиент запоминает k + 1, когда обработчик завершился, и коммитит по таймеру и при закрытии; поэтому та программа закрывает консьюмер, когда её просят остановиться.`,
};
