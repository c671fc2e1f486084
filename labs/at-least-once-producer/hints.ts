/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A1: [
      'The job has ended well, and an order is missing. Find the step at which its request gets lost: what did the program do then, and what was it told?',
      'With acks 0 nobody tells it anything: send() resolves when the record has left the client. With acks 1 the leader alone answers, and what no follower has copied dies with it. And an error that is caught and logged is forgotten all the same, because the job then ends with code 0.',
      'Wait for the answer (acks -1, the default), let the client try again (retry: { retries }), and if it still fails, let the error leave the program: code 1 starts the job again. Look for process.exit(0), for allSettled, and for a send that nobody awaits.',
    ],
    A3: [
      'Two copies of an order are allowed in this lab, and without further means they cannot be avoided: the second one is the answer to an answer that got lost. The verdict wants to see that they happen.',
    ],
    L1: [
      'The job does not come to its end. Look at the last step of the timeline and at its source line: something is awaited that never settles, or a loop does not let anything else happen.',
    ],
    L2: [
      'The program ends with an error each time it is started, also when no fault is left. The console shows it with its line.',
      'With this client acks and retry are options of kafka.producer({ kafkaJS: { … } }), not of send().',
    ],
    N1: [
      'Nothing is in the topic, even without a fault. Has the client had time to send? A record waits a few milliseconds for others before it leaves.',
      'Await send(), or disconnect() at the end: it sends what still waits. process.exit() does not.',
    ],
    N3: [
      'No order ever stood in the topic twice, so it is not known what your program does after a lost answer. At least once sends again.',
      'With idempotent: true the broker recognises the repeats, and that is more than at least once. To see what it spares you, leave it off here.',
    ],
  },
  ru: {
    A1: [
      'Задание завершилось благополучно, а заказа нет. Найдите шаг, где потерялся его запрос: что сделала после этого программа и что ей сообщили?',
      'С acks 0 ей не сообщат ничего: send() завершается, когда запись ушла из клиента. С acks 1 отвечает один лидер, и то, чего не скопировал ни один фолловер, гибнет вместе с ним. А ошибка, которую поймали и записали в лог, всё равно забыта: задание завершится с кодом 0.',
      'Ждите ответа (acks -1, это значение по умолчанию), пусть клиент пробует снова (retry: { retries }), а если и это не помогло, дайте ошибке выйти из программы: с кодом 1 задание запустят ещё раз. Поищите process.exit(0), allSettled и send, которого никто не ждёт.',
    ],
    A3: [
      'Две копии заказа в этой лабораторной разрешены, и без дополнительных средств их не избежать: вторая — ответ на потерянный ответ. Вердикт как раз хочет увидеть, что они бывают.',
    ],
    L1: [
      'Задание не доходит до конца. Посмотрите на последний шаг хронологии и на его строку: программа ждёт того, что никогда не завершится, или цикл не даёт ничему произойти.',
    ],
    L2: [
      'Программа завершается с ошибкой при каждом запуске, даже когда сбоев больше нет. В консоли ошибка показана вместе со строкой.',
      'У этого клиента acks и retry — параметры kafka.producer({ kafkaJS: { … } }), а не send().',
    ],
    N1: [
      'В топике пусто даже без сбоев. Успел ли клиент отправить? Запись несколько миллисекунд ждёт попутчиков, прежде чем уйти.',
      'Дождитесь send() или вызовите в конце disconnect(): он отправит то, что ещё ждёт. process.exit() этого не сделает.',
    ],
    N3: [
      'Ни один заказ ни разу не лежал в топике дважды, и неизвестно, что программа делает после потерянного ответа. At-least-once отправляет снова.',
      'С idempotent: true брокер узнаёт повторы, и это больше, чем at-least-once. Чтобы увидеть, от чего эта настройка избавляет, не включайте её здесь.',
    ],
  },
};

export const explanation = {
  en: `Three things have to hold. The broker has to answer, and after all copies that are in sync have the record: acks -1, the default of this client. No answer has to mean another try: retries. And when the tries run out, somebody has to hear of it: the error leaves the program, it ends with code 1, and the job is started again. An error that is logged and passed over ends in code 0, and code 0 says that every order is in the topic.

acks 1 is not enough. The leader then answers as soon as it has the record itself, and when it dies before a follower has copied it, the follower that takes over has never heard of a record that was acknowledged. With acks -1 that answer does not come: the request breaks off, and the next try goes to the new leader. min.insync.replicas is 2 in this lab, so that a single copy never counts as all of them.

The tries have no natural number. The client's five cover two faults easily and not an outage of a minute; the solution gives it a hundred, and behind them stands the supervisor. What the numbers cannot do is tell a lost request from a lost answer. The retry is right after the first and a second copy after the second, and the verdict reports that it was seen. Whoever reads the topic has to bear that, or the producer has to number its records, which is what an idempotent producer does.`,
  ru: `Нужны три вещи. Брокер должен ответить, причём когда запись есть у всех реплик, которые не отстают: acks -1, у этого клиента так по умолчанию. Нет ответа — значит, ещё одна попытка: retries. А когда попытки кончились, об этом должны узнать: ошибка выходит из программы, та завершается с кодом 1, и задание запускают снова. Ошибка, которую записали в лог и забыли, кончается кодом 0, а код 0 говорит, что все заказы в топике.

С acks 1 программа не проходит. Лидер тогда отвечает, как только запись есть у него самого, и если он падает раньше, чем её скопировал фолловер, новый лидер ничего не знает о записи, которую подтвердили. С acks -1 такого ответа не будет: соединение обрывается, и следующая попытка идёт уже к новому лидеру. В этой лабораторной min.insync.replicas равен 2, так что одна-единственная копия за «все» не сойдёт.

Правильного числа попыток нет. Пяти, которые клиент делает сам, с запасом хватает на два сбоя и не хватает на минутный отказ; решение даёт ему сто, а за ними стоит супервизор. Чего число попыток не даст — это отличить потерянный запрос от потерянного ответа. В первом случае повтор верен, во втором это вторая копия, и вердикт отмечает, что она встретилась. Выдержать её должен тот, кто читает топик, — или продюсер должен нумеровать свои записи; это и делает идемпотентный продюсер.`,
};
