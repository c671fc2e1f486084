/** What a setting is, in one sentence, and what is no setting of Kafka's by its name. By section and id. */
import type { Section } from '../../course/playground/settings';
import type { Locale } from '../format';

export interface SettingWords {
  /** For what has no name in Kafka. */
  readonly label?: string;
  readonly help: string;
}

type Words = Readonly<Record<Section, Readonly<Record<string, SettingWords>>>>;

const en: Words = {
  cluster: {
    brokers: { label: 'Number of brokers', help: 'One has no copies, and nobody to take over.' },
    'replica.lag.time.max.ms': { help: 'A follower that has not caught up for so long is out of the ISR.' },
    'broker.session.timeout.ms': { help: 'A broker that is silent for so long counts as gone.' },
    'group.initial.rebalance.delay.ms': { help: 'The first join of an empty group waits so long for others.' },
    'transaction.max.timeout.ms': { help: 'Longest transaction.timeout.ms that is accepted.' },
    'producer.id.expiration.ms': {
      help: 'After so long without a record the sequence numbers of a producer are forgotten.',
    },
    'transactional.id.expiration.ms': { help: 'A transactional id that was not used for so long is forgotten.' },
    'offsets.retention.minutes': { help: 'A group that was empty for so long loses its offsets.' },
  },
  topic: {
    partitions: { label: 'Partitions', help: 'Records go to them in turn; partition 1 begins at broker 2.' },
    'replication.factor': { help: 'Copies of each partition, one a broker.' },
    'min.insync.replicas': { help: 'With fewer in sync acks=all is refused.' },
    'unclean.leader.election.enable': { help: 'true: a copy that lags behind may lead when no other is left.' },
  },
  producer: {
    records: { label: 'Records to send', help: 'P1 sends x1, x2, …, P2 y1, …, P3 z1, …' },
    pace: { label: 'Pause between sends', help: 'From one send to the next.' },
    starts: { label: 'Starts at', help: 'Virtual time at which the program starts.' },
    'in-hand': {
      label: 'Sends under way',
      help: 'How many sends may wait for their answers at once. 1: the program awaits each.',
    },
    transaction: { label: 'Records a transaction', help: '0: without transactions. Needs a transactional.id.' },
    'abort-every': {
      label: 'Aborts every …th',
      help: '2: every second transaction is aborted on purpose. 0: none.',
    },
    acks: { help: 'Whose copy counts before the answer: all in sync, the leader alone, nobody’s.' },
    idempotence: { help: 'The broker recognises retries. auto: as the client has it with the other settings.' },
    'transactional.id': { help: 'A newer producer with the same id fences the older one.' },
    retries: { help: '0: a lost request is a lost record.' },
    'max.in.flight': { help: 'More than 1 without idempotence: retries can change the order.' },
    'linger.ms': { help: 'How long a record waits for company.' },
    'delivery.timeout.ms': { help: 'The end of all tries, counted from send().' },
    'request.timeout.ms': { help: 'After so long an answer counts as lost.' },
    'retry.backoff.ms': { help: 'The pause before another try, at first.' },
    'retry.backoff.max.ms': { help: 'The longest pause before another try.' },
    'transaction.timeout.ms': { help: 'After so long the coordinator aborts the transaction and fences its producer.' },
  },
  consumer: {
    work: { label: 'Time for each record', help: 'How long the program is at work on a record.' },
    commits: {
      label: 'The program commits',
      help: 'Itself, before or after its work; never: it leaves that to auto-commit.',
    },
    results: {
      label: 'Writes results',
      help: 'What it makes of each record goes to the topic results. transactions: together with the offset, in one transaction; then nothing else commits.',
    },
    starts: { label: 'Starts at', help: 'Virtual time at which the program starts.' },
    'group.id': { help: 'Members of one group share the partitions.' },
    'auto.offset.reset': { help: 'Where a group without a committed offset begins.' },
    'enable.auto.commit': { help: 'The client commits by itself.' },
    'auto.commit.interval.ms': { help: 'How often it does. What was finished since comes again after a crash.' },
    'isolation.level': { help: 'read_committed leaves out aborted records and waits behind open transactions.' },
    'max.poll.records': { help: 'How much is in hand when the process dies.' },
    'session.timeout.ms': { help: 'A member without a heartbeat for so long is replaced.' },
    'heartbeat.interval.ms': { help: 'How often it says that it lives.' },
    'max.poll.interval.ms': { help: 'Longer at work than that, and its partitions are taken away.' },
    'group.instance.id': { help: 'A member that comes back in time gets its partitions without a rebalance.' },
    'partition.assignment.strategy': { help: 'How partitions are shared out; all members have to agree.' },
  },
};

const ru: Words = {
  cluster: {
    brokers: { label: 'Число брокеров', help: 'У одного нет копий, и заменить его некому.' },
    'replica.lag.time.max.ms': { help: 'Фолловер, который столько времени не догонял лидера, выпадает из ISR.' },
    'broker.session.timeout.ms': { help: 'Брокер, который столько молчит, считается выбывшим.' },
    'group.initial.rebalance.delay.ms': { help: 'Столько первый участник пустой группы ждёт остальных.' },
    'transaction.max.timeout.ms': { help: 'Самый большой transaction.timeout.ms, который примет брокер.' },
    'producer.id.expiration.ms': { help: 'Через столько времени без записей порядковые номера продюсера забываются.' },
    'transactional.id.expiration.ms': { help: 'Если столько времени id никто не пользовался, он забывается.' },
    'offsets.retention.minutes': { help: 'Группа, пустовавшая так долго, теряет смещения.' },
  },
  topic: {
    partitions: { label: 'Партиции', help: 'Записи идут в них по очереди; первый лидер партиции 1 — брокер 2.' },
    'replication.factor': { help: 'Число реплик партиции, на каждом брокере не больше одной.' },
    'min.insync.replicas': { help: 'Если в ISR меньше реплик, записи с acks=all отклоняются.' },
    'unclean.leader.election.enable': {
      help: 'true — лидером может стать и отставшая реплика, если других не осталось.',
    },
  },
  producer: {
    records: { label: 'Сколько записей', help: 'P1 отправляет x1, x2, …, P2 — y1, …, P3 — z1, …' },
    pace: { label: 'Пауза между отправками', help: 'От одной отправки до следующей.' },
    starts: { label: 'Запускается в', help: 'Виртуальное время запуска программы.' },
    'in-hand': {
      label: 'Отправок в пути',
      help: 'Сколько отправок может ждать ответа сразу. 1 — программа ждёт каждую.',
    },
    transaction: { label: 'Записей в транзакции', help: '0 — без транзакций. Нужен transactional.id.' },
    'abort-every': {
      label: 'Отменять каждую …-ю',
      help: '2 — нарочно отменяется каждая вторая транзакция. 0 — ни одна.',
    },
    acks: { help: 'У кого запись должна быть до ответа: у всех неотстающих реплик, у одного лидера, ни у кого.' },
    idempotence: { help: 'Брокер узнаёт повторы. auto — как решит клиент при остальных настройках.' },
    'transactional.id': { help: 'Новый продюсер с тем же id отсекает старого.' },
    retries: { help: '0 — потерянный запрос будет потерянной записью.' },
    'max.in.flight': { help: 'Если больше 1 и без идемпотентности, повторы могут нарушить порядок.' },
    'linger.ms': { help: 'Сколько запись ждёт попутчиков.' },
    'delivery.timeout.ms': { help: 'Конец всех попыток, считая от send().' },
    'request.timeout.ms': { help: 'Через столько времени ответ считается потерянным.' },
    'retry.backoff.ms': { help: 'Первая пауза перед новой попыткой.' },
    'retry.backoff.max.ms': { help: 'Самая долгая пауза перед новой попыткой.' },
    'transaction.timeout.ms': {
      help: 'Через столько времени координатор отменяет транзакцию и отсекает её продюсера.',
    },
  },
  consumer: {
    work: { label: 'Время на запись', help: 'Сколько программа занята одной записью.' },
    commits: { label: 'Программа коммитит', help: 'Сама, до работы или после неё; never — оставляет это автокоммиту.' },
    results: {
      label: 'Пишет результаты',
      help: 'Результат каждой записи идёт в топик results. transactions — вместе со смещением, одной транзакцией; иначе смещения не коммитятся.',
    },
    starts: { label: 'Запускается в', help: 'Виртуальное время запуска программы.' },
    'group.id': { help: 'Участники одной группы делят партиции.' },
    'auto.offset.reset': { help: 'Откуда начинает группа без закоммиченного смещения.' },
    'enable.auto.commit': { help: 'Клиент коммитит сам.' },
    'auto.commit.interval.ms': { help: 'Как часто. Сделанное с тех пор после падения придёт снова.' },
    'isolation.level': { help: 'read_committed не отдаёт отменённые записи и ждёт конца открытых транзакций.' },
    'max.poll.records': { help: 'Сколько записей на руках, когда процесс падает.' },
    'session.timeout.ms': { help: 'Участника, который столько не подаёт признаков жизни, заменяют.' },
    'heartbeat.interval.ms': { help: 'Как часто он даёт знать, что жив.' },
    'max.poll.interval.ms': { help: 'Если работать дольше, партиции отберут.' },
    'group.instance.id': { help: 'Вернувшийся вовремя участник получает свои партиции без ребаланса.' },
    'partition.assignment.strategy': { help: 'Как делятся партиции; у участников должна быть общая стратегия.' },
  },
};

const all: Readonly<Record<Locale, Words>> = { en, ru };

/** @throws Error for a setting without words: both languages have all (tested) */
export function settingWords(locale: Locale, section: Section, id: string): SettingWords {
  const words = all[locale][section][id];
  if (words === undefined) throw new Error(`the setting ${section}/${id} has no words in ${locale}`);
  return words;
}
