/** LOG, REP, EPO, ISR: partitions and their copies. */
import type { RuleFamily } from './family';

export const LOG_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'LOG',
    title: { en: 'Log, offsets, watermarks', ru: 'Лог, смещения, границы видимости' },
    outside: null,
    rules: [
      [
        1,
        'A partition is a list of batches; its leader alone assigns offsets.',
        'Партиция — список пачек; смещения назначает только лидер.',
      ],
      [
        2,
        'Every record takes an offset, markers included; offsets have gaps.',
        'Каждая запись занимает смещение, маркеры тоже; в смещениях бывают пропуски.',
      ],
      [3, 'Log start ≤ last stable offset ≤ high watermark ≤ end.', 'Начало лога ≤ LSO ≤ high watermark ≤ конец.'],
      [
        4,
        'The last stable offset stops at the earliest unstable transaction.',
        'LSO останавливается на самой ранней незавершённой транзакции.',
      ],
      [5, 'A rejected append changes nothing.', 'Отклонённая запись ничего не меняет.'],
      [
        6,
        'A duplicate writes nothing and is answered with the old offset.',
        'Дубликат ничего не пишет, в ответ идёт старое смещение.',
      ],
      [7, 'Order holds within a partition only.', 'Порядок есть только внутри партиции.'],
      [
        8,
        'The high watermark never steps back on a leader; a new leader may start lower.',
        'У лидера high watermark не убывает; новый лидер может начать ниже.',
      ],
      [
        9,
        'Aborted data stays in the log, and an index names it.',
        'Отменённые данные остаются в логе, на них указывает индекс.',
      ],
      [
        10,
        'A partition that was added gets its marker, written or not.',
        'Добавленная партиция получает маркер, даже если в неё не писали.',
      ],
      [
        11,
        'DeleteRecords moves the log start; producer state is kept.',
        'DeleteRecords сдвигает начало лога; состояние продюсеров сохраняется.',
      ],
    ],
  },
  {
    id: 'REP',
    title: { en: 'Replication and elections', ru: 'Репликация и выборы лидера' },
    outside: null,
    rules: [
      [
        1,
        'A leader learns what a follower has from its next fetch.',
        'Что есть у фолловера, лидер узнаёт из его следующего fetch.',
      ],
      [2, 'A follower’s high watermark trails the leader’s.', 'High watermark фолловера отстаёт от лидерского.'],
      [3, 'Each change of leader takes the next leader epoch.', 'Каждая смена лидера берёт следующую эпоху лидера.'],
      [
        4,
        'The first in-sync replica of the list that is alive becomes leader.',
        'Лидером становится первая живая неотстающая реплика из списка.',
      ],
      [
        5,
        'Without one the partition has no leader, unless unclean election is allowed.',
        'Если такой нет, лидера нет, кроме случая unclean election.',
      ],
      [
        6,
        'Eligible leader replicas (ELR) keep what is below the high watermark.',
        'Реплики-кандидаты (ELR) хранят всё, что ниже high watermark.',
      ],
      [
        7,
        'A controlled shutdown moves leadership first; a kill is noticed after the session.',
        'Штатная остановка сначала передаёт лидерство; убийство заметят после сессии.',
      ],
      [8, 'ELR protects committed records only.', 'ELR бережёт только закоммиченные записи.'],
      [
        9,
        'A deposed leader that does not know acknowledges what will be cut off.',
        'Смещённый лидер, не знающий об этом, подтверждает то, что будет отрезано.',
      ],
    ],
  },
  {
    id: 'EPO',
    title: { en: 'Truncation by epoch', ru: 'Усечение по эпохе' },
    outside: null,
    rules: [
      [
        1,
        'A follower truncates by leader epoch, not by high watermark.',
        'Фолловер усекает лог по эпохе лидера, а не по high watermark.',
      ],
      [
        2,
        'What is truncated is gone, and its offset is used again.',
        'Усечённое пропадает, а его смещение используется снова.',
      ],
      [
        3,
        'A follower behind the log start begins anew there.',
        'Фолловер, отставший за начало лога, начинает заново оттуда.',
      ],
    ],
  },
  {
    id: 'ISR',
    title: { en: 'In-sync replicas', ru: 'Неотстающие реплики' },
    outside: null,
    rules: [
      [
        1,
        'The ISR holds the leader; checks use the maximal ISR.',
        'Лидер всегда в ISR; проверки идут по максимальному ISR.',
      ],
      [
        2,
        'A follower joins at the high watermark and the start of the epoch.',
        'Фолловер входит в ISR, догнав high watermark и начало эпохи.',
      ],
      [
        3,
        'The leader drops who has not caught up within the lag time.',
        'Лидер исключает того, кто не догнал его за время отставания.',
      ],
      [
        4,
        'The controller drops brokers that are fenced or shutting down, at once.',
        'Контроллер сразу исключает брокеров отсечённых и останавливаемых.',
      ],
      [
        5,
        'The high watermark is the least end of the maximal ISR.',
        'High watermark — наименьший конец лога в максимальном ISR.',
      ],
      [
        6,
        'Below min.insync.replicas the high watermark stands still, whatever acks.',
        'Ниже min.insync.replicas high watermark стоит на месте при любом acks.',
      ],
      [7, 'With one replica the high watermark is the end.', 'При одной реплике high watermark равен концу лога.'],
      [
        8,
        'Committed means below the high watermark, not fsynced.',
        'Закоммичено — значит ниже high watermark, а не сохранено через fsync.',
      ],
    ],
  },
];
