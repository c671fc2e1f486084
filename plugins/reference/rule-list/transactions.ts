/** TXN, TXC, EOS. */
import type { RuleFamily } from './family';

export const TRANSACTION_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'TXN',
    title: { en: 'Transaction coordinator', ru: 'Координатор транзакций' },
    outside: null,
    rules: [
      [
        1,
        'An id has a coordinator; a transition counts once it is replicated.',
        'У id есть координатор; переход действует, когда реплицирован.',
      ],
      [
        2,
        'Two protocols: TV1 (all JavaScript clients) and TV2 (Java 4).',
        'Два протокола: TV1 (все клиенты JavaScript) и TV2 (Java 4).',
      ],
      [3, 'States, and from which each is entered.', 'Состояния и переходы между ними.'],
      [
        4,
        'InitProducerId fences and takes the next epoch.',
        'InitProducerId отсекает прежнего и берёт следующую эпоху.',
      ],
      [
        5,
        'It returns only when the predecessor’s transaction is over.',
        'Он отвечает, только когда транзакция предшественника завершена.',
      ],
      [
        6,
        'A partition has to be in the transaction before it is written.',
        'Партиция должна быть в транзакции до записи.',
      ],
      [
        7,
        'What AddPartitionsToTxn and AddOffsetsToTxn are answered.',
        'Ответы на AddPartitionsToTxn и AddOffsetsToTxn.',
      ],
      [8, 'EndTxn of TV1, by state.', 'EndTxn в TV1 по состояниям.'],
      [9, 'EndTxn of TV2, by state.', 'EndTxn в TV2 по состояниям.'],
      [10, 'Old versions are told INVALID_PRODUCER_EPOCH.', 'Старые версии получают INVALID_PRODUCER_EPOCH.'],
      [
        11,
        'EndTxn is answered when the decision is durable, before any marker.',
        'EndTxn отвечает, когда решение сохранено, до маркеров.',
      ],
      [12, 'Markers are sent until they are written.', 'Маркеры отправляются, пока не записаны.'],
      [
        13,
        'All markers carry one decision; visibility is by partition.',
        'Решение во всех маркерах одно; видимость — по партициям.',
      ],
      [
        14,
        'The time-out runs from the first partition, is not extended, and a scan finds it.',
        'Таймаут идёт от первой партиции, не продлевается, его находит обход.',
      ],
      [15, 'What the owner meets after a time-out.', 'Что встречает владелец после таймаута.'],
      [16, 'What a fenced producer meets.', 'Что встречает отсечённый продюсер.'],
      [17, 'An idle id is forgotten after a week.', 'Бездействующий id через неделю забывают.'],
      [18, 'Writers are not kept apart from each other.', 'Пишущие друг от друга не изолированы.'],
      [
        19,
        'The hazard of TV1: a late write in the next transaction.',
        'Опасность TV1: запоздалая запись в следующей транзакции.',
      ],
      [
        20,
        'What becomes of a transaction whose coordinator dies.',
        'Что станет с транзакцией, если умрёт координатор.',
      ],
      [21, 'An empty transaction asks nobody.', 'Пустая транзакция ни к кому не обращается.'],
      [
        22,
        'A bug of 4.3.0: no marker for a partition without leader.',
        'Ошибка 4.3.0: нет маркера для партиции без лидера.',
      ],
    ],
  },
  {
    id: 'TXC',
    title: { en: 'Transactions from the client', ru: 'Транзакции со стороны клиента' },
    outside: {
      en: 'Half of these are what an application has to do; labs and lessons hold them.',
      ru: 'Половина из них — обязанности приложения; они в лабораторных и уроках.',
    },
    rules: [
      [
        1,
        'The order of calls; beginTransaction asks nobody.',
        'Порядок вызовов; beginTransaction ни к кому не обращается.',
      ],
      [
        2,
        'A commit flushes, and throws when a send has failed.',
        'commit дожидается отправки и бросает, если send не удался.',
      ],
      [3, 'What an abort does to unsent and sent records.', 'Что делает отмена с неотправленным и отправленным.'],
      [4, 'After a time-out: the same call again, or abort.', 'После таймаута: тот же вызов или отмена.'],
      [
        5,
        'Offsets in a transaction name the member, which fences.',
        'Смещения в транзакции называют участника, это и отсекает.',
      ],
      [6, 'An abort does not take the consumer back.', 'Отмена не возвращает консьюмера назад.'],
      [7, 'No commits besides those of the transaction.', 'Никаких коммитов, кроме транзакционных.'],
      [8, 'How to choose a transactional id.', 'Как выбирать transactional id.'],
      [9, 'Two live producers with one id fence each other.', 'Два живых продюсера с одним id отсекают друг друга.'],
    ],
  },
  {
    id: 'EOS',
    title: { en: 'What exactly-once covers', ru: 'Что охватывает exactly-once' },
    outside: {
      en: 'Statements about whole systems: lessons and labs hold them, no single function does.',
      ru: 'Утверждения о системе целиком: их держат уроки и лабораторные, а не одна функция.',
    },
    rules: [
      [
        1,
        'One cluster, one step of read, process and write, under conditions.',
        'Один кластер, один шаг «прочитать, обработать, записать», при условиях.',
      ],
      [
        2,
        'Processing runs at least once; its effects in Kafka count once.',
        'Обработка идёт хотя бы раз; её действие в Kafka — один.',
      ],
      [3, 'What is not covered.', 'Что не охвачено.'],
      [4, 'Ways to get the effect elsewhere.', 'Как получить такой эффект вне Kafka.'],
      [5, 'By which key to remove duplicates.', 'По какому ключу отсеивать дубликаты.'],
      [6, 'Remember and act in one step.', 'Запоминать и действовать одним шагом.'],
      [7, 'A set in memory is lost with the process.', 'Множество в памяти пропадает вместе с процессом.'],
      [8, 'Fencing tokens for effects outside.', 'Токены отсечения для внешних действий.'],
      [9, 'What a transaction costs.', 'Во что обходится транзакция.'],
      [10, 'Share groups are at least once.', 'Share-группы — at-least-once.'],
    ],
  },
];
