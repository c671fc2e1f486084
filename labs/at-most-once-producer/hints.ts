/** Hints by the anomaly that the verdict names, in steps, and the explanation of the solution. */
import type { AnomalyId } from '../../src/grader/verdict';

type HintSteps = Partial<Record<AnomalyId, string[]>>;

export const hints: { en: HintSteps; ru: HintSteps } = {
  en: {
    A3: [
      'The reading stands in the topic more than once. Find the step at which it is appended for the second time, and look at what happened just before: an answer that nobody received.',
      'Who has sent it again? It may have been your program, the client, or the supervisor that starts the job anew after an error. All three have to let it be.',
      'The client repeats a request up to five times unless it is told otherwise: kafka.producer({ kafkaJS: { retry: { retries: 0 } } }). Then send() rejects, and an error that leaves the program ends it with code 1. Catch it, log it, and go on with the next reading.',
    ],
    L1: [
      'The job does not come to its end. Look at the last step of the timeline and at its source line: something is awaited that never settles, or a loop does not let anything else happen.',
    ],
    L2: [
      'The program ends with an error each time it is started. The console shows it with its line.',
      'With this client acks and retry are options of kafka.producer({ kafkaJS: { … } }), not of send().',
    ],
    N1: [
      'Nothing is in the topic, even without a fault. Has the client had time to send? A record waits a few milliseconds for others before it leaves.',
      'Await send(), or disconnect() at the end: it sends what still waits. process.exit() does not.',
    ],
    N3: [
      'No reading was ever lost, in no execution. Then something is repeated until it succeeds, and that is another guarantee.',
      'An idempotent producer does that, and well: the broker recognises its repeats. Here the task is to do without repeats; leave idempotent off.',
    ],
    N4: [
      'A reading is missing that was never sent, or in an execution in which nothing got lost. Losing is allowed for what was on its way.',
      'One failed send is no reason to give up the rest: go on with the next reading. And take the readings from the module; the hidden ones are others.',
    ],
  },
  ru: {
    A3: [
      'Показание лежит в топике не один раз. Найдите шаг, где его дописали во второй раз, и посмотрите, что было перед ним: ответ, который никто не получил.',
      'Кто отправил его снова? Это могла быть ваша программа, клиент или супервизор, который после ошибки запускает задание заново. Удержаться должны все трое.',
      'Клиент повторяет запрос до пяти раз, если не сказать иначе: kafka.producer({ kafkaJS: { retry: { retries: 0 } } }). Тогда send() завершится ошибкой, а ошибка, вышедшая из программы, завершит её с кодом 1. Поймайте её, запишите в лог и переходите к следующему показанию.',
    ],
    L1: [
      'Задание не доходит до конца. Посмотрите на последний шаг хронологии и на его строку: программа ждёт того, что никогда не завершится, или цикл не даёт ничему произойти.',
    ],
    L2: [
      'Программа завершается с ошибкой при каждом запуске. В консоли ошибка показана вместе со строкой.',
      'У этого клиента acks и retry — параметры kafka.producer({ kafkaJS: { … } }), а не send().',
    ],
    N1: [
      'В топике пусто даже без сбоев. Успел ли клиент отправить? Запись несколько миллисекунд ждёт попутчиков, прежде чем уйти.',
      'Дождитесь send() или вызовите в конце disconnect(): он отправит то, что ещё ждёт. process.exit() этого не сделает.',
    ],
    N3: [
      'Ни в одном исполнении ни одно показание не потеряно. Значит, что-то повторяется до успеха, а это другая гарантия.',
      'Так, и весьма успешно, делает идемпотентный продюсер: брокер узнаёт его повторы. Здесь задача — обойтись без повторов; не включайте idempotent.',
    ],
    N4: [
      'Нет показания, которое не отправляли, или его нет в исполнении, где ничего не терялось. Терять можно то, что было в пути.',
      'Одна неудачная отправка — не причина бросать остальные: переходите к следующему показанию. И берите показания из модуля: скрытые — другие.',
    ],
  },
};

export const explanation = {
  en: `A request is sent once, and whatever becomes of it, nobody sends it a second time. Three parties would: the client, which repeats a produce request five times by default; the program, if it sends again in a catch; and the supervisor, which starts the job anew when it ends with an error. So the solution switches the client's retries off, catches the error, and goes on.

The error of send() is not "the record is not in the topic". Its request may have been appended and only the answer lost. That is why nothing may be sent again, and why the log line says "may be missing".

acks plays no part in this. With acks -1 or 1 the producer at least learns that it does not know. With acks 0 nobody answers, send() resolves at once, and the loss makes no noise; it saves the wait and nothing else. And one producer that sends nothing twice does not make the whole way at most once: the consumer's half is a lab of its own.`,
  ru: `Запрос отправляют один раз, и что бы с ним ни стало, второй раз его не отправит никто. А желающих трое: клиент, который по умолчанию повторяет запрос produce пять раз; программа, если она отправляет снова в catch; и супервизор, который запускает задание заново, если оно завершилось с ошибкой. Поэтому решение выключает повторы клиента, ловит ошибку и идёт дальше.

Ошибка send() не означает «записи в топике нет». Запрос мог быть выполнен, а потерялся только ответ. Поэтому отправлять снова нельзя, и поэтому в логе сказано may be missing, «возможно, её нет».

acks здесь ни при чём. С acks -1 или 1 продюсер хотя бы узнаёт, что он не знает. С acks 0 никто не отвечает, send() завершается сразу, и потеря проходит беззвучно; экономится только ожидание. И один продюсер, который ничего не отправляет дважды, ещё не делает весь путь at-most-once: о консьюмере — отдельная лабораторная.`,
};
