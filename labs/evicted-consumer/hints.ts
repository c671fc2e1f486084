/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A9: [
      'Two mails for one order. Look at the timeline: are they from one instance or from two, and what did the second know of the first?',
      'No question asked before the mail helps, neither of memory nor of the group: the process can freeze after the answer, and everything may have changed when it wakes up.',
      'What decides has to happen where the mail is sent. The mailer recognises a mail that it has sent by the header Idempotency-Key, if the key is the same for everybody who wants to send that mail.',
    ],
    A7: [
      'The offset of the order is committed, and no mail was sent. Did the commit wait for the mailer’s answer, and was the answer looked at?',
      'fetch does not reject when the mailer answers 500; response.ok tells. Let the handler throw then, and the order is delivered again.',
    ],
    A10: ['An order may be delivered twice; the verdict wants to see it. What matters is that one mail is sent.'],
    A24: [
      'A commit of a member that the group has removed was taken. Commit through the consumer that received the record.',
    ],
    L1: [
      'The consumer stopped making progress although all faults were over. Look at the last steps of the timeline.',
      'A request that is refused every time blocks the partition. The body of the answer says why; 422 means that one key was used for two different mails.',
    ],
    L2: [
      'An error left the program, so the process ended and was started again, and so on. The console shows it with its line.',
    ],
    N1: [
      'No mail was sent even without a fault. Was any order delivered? A group without a committed offset starts at the end unless its consumer is configured with fromBeginning.',
      'A mail counts when its order was delivered before.',
    ],
    N3: ['In no execution was an order delivered twice, so nothing was put to the test.'],
  },
  ru: {
    A9: [
      'По одному заказу два письма. Посмотрите в хронологии, от одного они экземпляра или от двух и что второй знал о первом.',
      'Никакая проверка перед отправкой не помогает — ни памяти, ни группы: процесс может замереть после ответа, а когда проснётся, всё уже другое.',
      'Решать надо там, где отправляют письмо. Почтовая служба узнаёт уже отправленное письмо по заголовку Idempotency-Key, если ключ одинаков у всех, кто хочет отправить это письмо.',
    ],
    A7: [
      'Смещение заказа закоммичено, а письма нет. Дождался ли коммит ответа почтовой службы и посмотрели ли на этот ответ?',
      'Если служба отвечает 500, fetch промис не отклоняет; об этом говорит response.ok. Пусть обработчик тогда бросит исключение, и заказ доставят ещё раз.',
    ],
    A10: ['Заказ может быть доставлен дважды, и вердикт хочет это увидеть. Важно, чтобы письмо было одно.'],
    A24: [
      'Принят коммит участника, которого группа исключила. Коммитьте через того консьюмера, который получил запись.',
    ],
    L1: [
      'Сбои закончились, а консьюмер не продвигается. Посмотрите на последние шаги хронологии.',
      'Запрос, который отклоняют каждый раз, блокирует партицию. Причина в теле ответа; 422 значит, что один ключ использован для двух разных писем.',
    ],
    L2: [
      'Ошибка вышла за пределы программы: процесс завершился, его запустили снова, и так раз за разом. В консоли она показана вместе со строкой.',
    ],
    N1: [
      'Ни одного письма даже без сбоев. Был ли доставлен хоть один заказ? Группа без закоммиченного смещения начинает с конца, если консьюмер не настроен с fromBeginning.',
      'Письмо засчитывается, если заказ до этого был доставлен.',
    ],
    N3: ['Ни в одном исполнении заказ не пришёл дважды, и проверять было нечего.'],
  },
};

export const explanation = {
  en: `The solution adds one header: the id of the order as Idempotency-Key. The mailer then sends one mail for an order, whoever asks and how often.

A process that freezes cannot notice it. It checked that it owns the partition, it looked whether the mail was sent, it was about to send: and minutes pass between two of its instructions. Meanwhile the group has removed it, as it should, and a successor has done the work. When it wakes up, the next instruction is to send.

The group does refuse its commits, because they carry the generation in which it was a member. But the refusal comes after the mail, and this client does not even report it: a resolved commitOffsets() says that the commit was queued. Ownership of a partition is a statement about deliveries, and no lock on anything else.

So the decision belongs to whoever performs the effect. The key has to be the same in every attempt and every instance: an id from the message, or the record's coordinates as long as nobody sends an order twice. Where the receiver knows no keys, a fencing token does the same: a number that grows with each owner, and a receiver that refuses the smaller one.`,
  ru: `Решение добавляет один заголовок: id заказа как Idempotency-Key. Тогда почтовая служба отправляет по заказу одно письмо, кто бы и сколько бы раз ни просил.

Процесс, который замер, сам этого не заметит. Он проверил, что партиция его, посмотрел, отправлено ли письмо, собрался отправлять — и между двумя его инструкциями прошли минуты. Группа тем временем исключила его, и правильно сделала, а преемник выполнил работу. Когда он просыпается, следующая инструкция — отправить.

Его коммиты группа отклонит: в них указано поколение, в котором он ещё был участником. Но отказ придёт после письма, да и клиент о нём не сообщит: выполненный промис commitOffsets() говорит лишь, что коммит поставлен в очередь. Владение партицией — это утверждение о том, кому доставляют записи, а не блокировка чего-то ещё.

Поэтому решать должен тот, кто выполняет действие. Ключ обязан совпадать у всех попыток и всех экземпляров: это id из сообщения или координаты записи, если никто не присылает заказ дважды. Где получатель не понимает ключей, то же делает fencing token: число, которое растёт с каждым новым владельцем, и получатель, который отказывает меньшему.`,
};
