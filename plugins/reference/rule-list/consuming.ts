/** FET, OFS, GRP, GRN, CON: reading, offsets, groups. */
import type { RuleFamily } from './family';

export const CONSUMING_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'FET',
    title: { en: 'Fetching and isolation', ru: 'Чтение и изоляция' },
    outside: null,
    rules: [
      [1, 'What a fetch at an offset is answered.', 'Что отвечают на fetch с данного смещения.'],
      [2, 'Nobody sees a record above the high watermark.', 'Записи выше high watermark не видит никто.'],
      [
        3,
        'read_uncommitted gets everything but control records.',
        'read_uncommitted получает всё, кроме управляющих записей.',
      ],
      [
        4,
        'read_committed: the broker lists what was aborted, the client leaves it out.',
        'read_committed: брокер перечисляет отменённое, отсеивает клиент.',
      ],
      [5, 'An open transaction holds back everything behind it.', 'Открытая транзакция задерживает всё, что за ней.'],
      [6, '“Latest” depends on the isolation level.', '«Конец» зависит от уровня изоляции.'],
      [7, 'When auto.offset.reset applies.', 'Когда действует auto.offset.reset.'],
      [
        8,
        'A committed offset beyond the end, and one that the log has grown past.',
        'Закоммиченное смещение за концом и такое, которое лог уже перерос.',
      ],
      [9, 'The position moves when records are handed out.', 'Позиция сдвигается, когда записи отданы.'],
      [10, 'Delivery is in the order of offsets.', 'Доставка идёт по порядку смещений.'],
    ],
  },
  {
    id: 'OFS',
    title: { en: 'Committed offsets', ru: 'Закоммиченные смещения' },
    outside: null,
    rules: [
      [1, 'A commit is a record of __consumer_offsets.', 'Коммит — запись в __consumer_offsets.'],
      [2, 'The committed offset is the next one to read.', 'Закоммиченное смещение — следующее к чтению.'],
      [3, 'Any value is taken; the last one wins.', 'Принимается любое значение, действует последнее.'],
      [
        4,
        'Committing moves no position, seeking commits nothing.',
        'Коммит не двигает позицию, seek ничего не коммитит.',
      ],
      [
        5,
        'Who may commit: by state of the group, member, generation.',
        'Кто может коммитить: по состоянию группы, участнику, поколению.',
      ],
      [
        6,
        'A transactional commit without a member is not checked.',
        'Транзакционный коммит без участника не проверяется.',
      ],
      [7, 'Ownership of the partition is not checked.', 'Владение партицией не проверяется.'],
      [8, 'A member told to rejoin may still commit.', 'Участник, которому велено войти заново, ещё может коммитить.'],
      [9, 'Offsets of a transaction are pending until its marker.', 'Смещения транзакции не решены до её маркера.'],
      [10, 'When offsets expire.', 'Когда смещения устаревают.'],
      [11, 'A fail-over loses no answered commit.', 'Смена координатора не теряет подтверждённых коммитов.'],
      [
        12,
        'A commit sent again may overwrite a later one.',
        'Повторно отправленный коммит может затереть более поздний.',
      ],
    ],
  },
  {
    id: 'GRP',
    title: { en: 'Classic groups', ru: 'Классические группы' },
    outside: null,
    rules: [
      [1, 'States of a group.', 'Состояния группы.'],
      [2, 'A newcomer is given a member id first.', 'Новичку сначала выдают member id.'],
      [
        3,
        'The join phase ends when all are back, or by time-out.',
        'Фаза join кончается, когда вернулись все или вышел таймаут.',
      ],
      [4, 'An empty group waits a moment for more members.', 'Пустая группа немного ждёт других участников.'],
      [5, 'The sync phase: the leader’s assignment.', 'Фаза sync: распределение от лидера.'],
      [6, 'What a heartbeat is answered.', 'Что отвечают на heartbeat.'],
      [7, 'No heartbeat for a session: removed. A leave: at once.', 'Сессия без heartbeat — исключение. Уход — сразу.'],
      [
        8,
        'Who rejoins without a change causes no rebalance, except the leader.',
        'Повторный вход без изменений не вызывает ребаланса, кроме лидера.',
      ],
      [
        9,
        'One owner a generation, by bookkeeping: zombies go on.',
        'Один владелец на поколение — лишь по учёту: зомби продолжают.',
      ],
      [10, 'Eager and cooperative rebalancing.', 'Eager- и cooperative-ребаланс.'],
      [11, 'A new owner begins at the committed offset.', 'Новый владелец начинает с закоммиченного смещения.'],
      [12, 'Static members.', 'Статические участники.'],
      [13, 'Handlers that take too long.', 'Слишком долгие обработчики.'],
      [14, 'More members than partitions: some are idle.', 'Участников больше, чем партиций: часть простаивает.'],
      [
        15,
        'The coordinator is the leader of a partition; state is loaded from its log.',
        'Координатор — лидер партиции; состояние загружается из её лога.',
      ],
      [16, 'Members have to share an assignor.', 'У участников должен быть общий assignor.'],
    ],
  },
  {
    id: 'GRN',
    title: { en: 'Groups of KIP-848', ru: 'Группы по KIP-848' },
    outside: { en: 'Not modelled.', ru: 'Не моделируются.' },
    rules: [
      [1, 'No barrier: members are moved one by one.', 'Без барьера: участников переводят по одному.'],
      [2, 'What a heartbeat is answered.', 'Что отвечают на heartbeat.'],
      [3, 'Who may commit.', 'Кто может коммитить.'],
      [4, 'Static members: the incumbent wins.', 'Статические участники: побеждает прежний.'],
      [5, 'Both kinds of member in one group.', 'Оба вида участников в одной группе.'],
    ],
  },
  {
    id: 'CON',
    title: { en: 'Java’s consumer', ru: 'Консьюмер Java' },
    outside: null,
    rules: [
      [
        1,
        'What a poll does, in order; auto commit covers earlier polls.',
        'Что делает poll по порядку; автокоммит охватывает прежние poll.',
      ],
      [2, 'When auto commit is at least once.', 'Когда автокоммит — at-least-once.'],
      [3, 'When auto commit loses.', 'Когда автокоммит теряет.'],
      [4, 'Commits before a rebalance.', 'Коммиты перед ребалансом.'],
      [
        5,
        'commitSync() commits what was returned, not what was processed.',
        'commitSync() коммитит отданное, а не обработанное.',
      ],
      [6, 'Committing after the membership was lost.', 'Коммит после потери членства.'],
      [7, 'The start position is committed as well.', 'Начальная позиция тоже коммитится.'],
      [8, 'Recipes: at most once, at least once, exactly once.', 'Рецепты: at-most-once, at-least-once, exactly-once.'],
    ],
  },
];
