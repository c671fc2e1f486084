/** STR, INV, MOD. */
import type { RuleFamily } from './family';

export const OTHER_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'STR',
    title: { en: 'Kafka Streams', ru: 'Kafka Streams' },
    outside: { en: 'Not modelled; from reading only.', ru: 'Не моделируется; только по чтению кода.' },
    rules: [
      [1, 'processing.guarantee.', 'processing.guarantee.'],
      [2, 'One transactional producer a thread.', 'Один транзакционный продюсер на поток.'],
      [3, 'Settings that are forced.', 'Навязанные настройки.'],
      [4, 'What one transaction holds.', 'Что входит в одну транзакцию.'],
      [5, 'What happens when it is fenced.', 'Что бывает при отсечении.'],
      [6, 'State stores after an unclean stop.', 'Хранилища состояния после нештатной остановки.'],
      [7, 'Effects outside happen again.', 'Внешние действия повторяются.'],
      [8, 'When outputs become visible.', 'Когда результаты становятся видны.'],
    ],
  },
  {
    id: 'INV',
    title: { en: 'What always holds', ru: 'Что верно всегда' },
    outside: null,
    rules: [
      [
        1,
        'read_committed: plain records and those of committed transactions, in order.',
        'read_committed: обычные записи и записи закоммиченных транзакций, по порядку.',
      ],
      [
        2,
        'No two batches with one producer, epoch and sequence.',
        'Нет двух пачек с одними продюсером, эпохой и номером.',
      ],
      [
        3,
        'One transaction, one decision, a marker in each partition.',
        'Одна транзакция — одно решение и маркер в каждой партиции.',
      ],
      [4, 'The order of LOG-3.', 'Порядок из LOG-3.'],
      [
        5,
        'An acks=all record with two in sync survives any one broker.',
        'Запись с acks=all при двух неотстающих переживает любого одного брокера.',
      ],
      [
        6,
        'Below the high watermark nothing is lost without unclean election.',
        'Без unclean election ниже high watermark ничего не теряется.',
      ],
      [7, 'One owner of a partition a generation.', 'Один владелец партиции на поколение.'],
      [
        8,
        'The committed offset is the last accepted commit that counts.',
        'Закоммиченное смещение — последний принятый действительный коммит.',
      ],
      [
        9,
        'Behind InitProducerId no older epoch becomes visible.',
        'После InitProducerId прежние эпохи видны не становятся.',
      ],
      [10, 'A rejected request leaves the log as it was.', 'Отклонённый запрос лог не меняет.'],
    ],
  },
  {
    id: 'MOD',
    title: { en: 'About the model', ru: 'О модели' },
    outside: null,
    rules: [
      [1, 'The least state a model needs.', 'Наименьшее состояние модели.'],
      [2, 'What may be collapsed.', 'Что можно свернуть.'],
      [3, 'What must not be collapsed.', 'Чего сворачивать нельзя.'],
      [4, 'Crash points.', 'Точки падения.'],
      [5, 'Client profiles.', 'Профили клиентов.'],
      [6, 'Which defects of clients are reproduced.', 'Какие дефекты клиентов воспроизводятся.'],
    ],
  },
];
