/** ACK, RTY, PID: from send to the log. */
import type { RuleFamily } from './family';

export const PRODUCING_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'ACK',
    title: { en: 'Acknowledgements', ru: 'Подтверждения' },
    outside: null,
    rules: [
      [
        1,
        'The order of checks before an append; the first that fails decides.',
        'Порядок проверок перед записью; решает первая не пройденная.',
      ],
      [
        2,
        'Each partition of a request succeeds or fails alone.',
        'Каждая партиция запроса принимается или отклоняется отдельно.',
      ],
      [
        3,
        'acks=0 is never answered; an error closes the connection.',
        'На acks=0 не отвечают; при ошибке закрывают соединение.',
      ],
      [4, 'acks=1 is answered after the leader’s append alone.', 'На acks=1 отвечают, когда записал один лидер.'],
      [
        5,
        'acks=all waits for the present in-sync replicas, not for all.',
        'acks=all ждёт нынешние неотстающие реплики, а не все.',
      ],
      [6, 'acks=all with one in-sync replica is one copy.', 'acks=all при одной неотстающей реплике — это одна копия.'],
      [
        7,
        'A duplicate waits for the original; min ISR is checked first.',
        'Дубликат ждёт оригинал; min ISR проверяется раньше.',
      ],
      [8, 'After REQUEST_TIMED_OUT the record stays in the log.', 'После REQUEST_TIMED_OUT запись остаётся в логе.'],
      [9, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND is a narrow race.', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND — узкая гонка.'],
      [
        10,
        'Leadership lost while waiting: the fate of the record is open.',
        'Лидерство потеряно во время ожидания: судьба записи неизвестна.',
      ],
      [
        11,
        'When an error is certain, and when it means “unknown”.',
        'Когда ошибка однозначна, а когда значит «неизвестно».',
      ],
      [12, 'Nothing is fsynced before an acknowledgement.', 'До подтверждения fsync не делается.'],
      [13, 'min.insync.replicas refuses acks=all only.', 'min.insync.replicas отклоняет только acks=all.'],
    ],
  },
  {
    id: 'RTY',
    title: { en: 'Java’s delivery loop', ru: 'Цикл доставки в Java' },
    outside: null,
    rules: [
      [
        1,
        'send() fills a batch, which leaves when full, after linger, or on flush.',
        'send() наполняет пачку; она уходит полной, после linger или при flush.',
      ],
      [2, 'What is tried again, and how long.', 'Что повторяют и как долго.'],
      [
        3,
        'After delivery.timeout.ms the record may still get into the log.',
        'После delivery.timeout.ms запись ещё может попасть в лог.',
      ],
      [
        4,
        'A broken connection leads to another try, perhaps at another leader.',
        'Разрыв соединения ведёт к новой попытке, возможно у другого лидера.',
      ],
      [5, 'Without idempotence a retry is another append.', 'Без идемпотентности повтор — ещё одна запись.'],
      [6, 'retries=0 does not remove the doubt.', 'retries=0 не снимает неопределённости.'],
      [
        7,
        'Idempotent: sequence numbers are kept over retries, in order.',
        'Идемпотентно: номера при повторах сохраняются, порядок тоже.',
      ],
      [
        8,
        'An expired batch may lead to new numbers, and so to a duplicate.',
        'Истёкшая пачка может привести к новым номерам, а значит, к дубликату.',
      ],
      [9, 'close() aborts an open transaction.', 'close() отменяет открытую транзакцию.'],
      [10, 'With acks=0 only local errors are seen.', 'При acks=0 видны только местные ошибки.'],
    ],
  },
  {
    id: 'PID',
    title: { en: 'Idempotent producers', ru: 'Идемпотентные продюсеры' },
    outside: null,
    rules: [
      [
        1,
        'InitProducerId without a transactional id is a new producer.',
        'InitProducerId без transactional id — новый продюсер.',
      ],
      [
        2,
        'A partition remembers five batches of a producer; one after a restart.',
        'Партиция помнит пять пачек продюсера, после перезапуска — одну.',
      ],
      [3, 'Sequence numbers count up from 0 and wrap.', 'Номера идут с 0 и переходят через край.'],
      [4, 'Only numbers are compared, never contents.', 'Сравниваются только номера, не содержимое.'],
      [5, 'The same numbers again: success, with the old offset.', 'Те же номера снова: успех со старым смещением.'],
      [6, 'Any other number is out of order.', 'Любой другой номер — нарушение порядка.'],
      [7, 'A higher epoch begins at 0; a lower one is refused.', 'Большая эпоха начинается с 0, меньшая отклоняется.'],
      [
        8,
        'An unknown producer may begin with any number (TV2: with 0).',
        'Неизвестный продюсер может начать с любого номера (TV2 — с 0).',
      ],
      [
        9,
        'After a marker: the same epoch goes on counting, a bumped one begins anew.',
        'После маркера: та же эпоха считает дальше, новая — сначала.',
      ],
      [10, 'An idle producer is forgotten after a day.', 'Бездействующего продюсера через сутки забывают.'],
      [
        11,
        'Five requests in flight, because five batches are remembered.',
        'Пять запросов в полёте, потому что помнят пять пачек.',
      ],
      [
        12,
        'While a transaction is verified no later batch gets in first.',
        'Пока транзакция проверяется, более поздняя пачка вперёд не проходит.',
      ],
      [13, 'What idempotence covers, and what it does not.', 'Что идемпотентность охватывает, а что нет.'],
      [14, 'Idempotence fences nobody.', 'Идемпотентность никого не отсекает.'],
      [15, 'Producer state follows the replica’s log.', 'Состояние продюсера следует за логом реплики.'],
    ],
  },
];
