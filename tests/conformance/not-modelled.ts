/** What the model leaves out, shown on the page about fidelity. A lab may not depend on any of it. */
import type { NotModelled } from '../../src/components/reference/fidelity-data';

export const NOT_MODELLED: readonly NotModelled[] = [
  {
    rules: ['CLI-1'],
    what: {
      en: 'kafkajs. The model does not imitate it; rows that name it are recorded from a real cluster and compared once kafkajs itself runs on the model.',
      ru: 'kafkajs. Модель его не изображает: строки с ним записаны на настоящем кластере, а сравнивать их можно будет, когда на модели заработает сам kafkajs.',
    },
  },
  {
    rules: ['GRN-1', 'GRN-2', 'GRN-3', 'GRN-4', 'GRN-5'],
    what: {
      en: 'Groups of the newer protocol (KIP-848, `group.protocol=consumer`). No client that a lab runs speaks it unless asked to.',
      ru: 'Группы по новому протоколу (KIP-848, `group.protocol=consumer`). Ни один клиент лабораторных не пользуется им, если не попросить.',
    },
  },
  {
    rules: ['TXN-22'],
    what: {
      en: 'A bug of the broker (KAFKA-20734): 4.3.0 skips the marker of a partition that has no leader when the marker is sent, and the last stable offset stands still. The model sends it until it is written (TXN-12).',
      ru: 'Ошибка брокера (KAFKA-20734): 4.3.0 пропускает маркер партиции, у которой в момент отправки нет лидера, и LSO замирает. Модель отправляет маркер, пока он не записан (TXN-12).',
    },
  },
  {
    rules: ['EOS-10'],
    what: { en: 'Share groups (KIP-932).', ru: 'Share-группы (KIP-932).' },
  },
  {
    rules: ['STR-1', 'STR-2', 'STR-3', 'STR-4', 'STR-5', 'STR-6', 'STR-7', 'STR-8'],
    what: {
      en: 'Kafka Streams. The rules about it are from reading only.',
      ru: 'Kafka Streams. Правила о нём основаны только на чтении кода.',
    },
  },
  {
    rules: ['CLI-60', 'CLI-70', 'CLI-71'],
    what: {
      en: 'Other clients: librdkafka without the KafkaJS interface, Platformatic. Neither was run.',
      ru: 'Другие клиенты: librdkafka без интерфейса KafkaJS, Platformatic. Ни тот ни другой не запускались.',
    },
  },
  {
    rules: ['CLI-32', 'CLI-43'],
    what: {
      en: 'Paces: the 2.5 to 4.5 s after which Confluent’s client notices that offsets have become stable, the half second before it delivers a record again, the half minute in which kafkajs comes back to its group.',
      ru: 'Темп: 2,5–4,5 с, через которые клиент Confluent замечает, что смещения стали стабильными; полсекунды до повторной доставки; полминуты, за которые kafkajs возвращается в группу.',
    },
  },
  {
    rules: ['CLI-1'],
    what: {
      en: 'Chance inside a client: kafkajs asks a random broker for metadata, which may be the paused one.',
      ru: 'Случайность внутри клиента: kafkajs спрашивает метаданные у случайного брокера, и тот может оказаться замершим.',
    },
  },
  {
    rules: ['ERR-1'],
    what: {
      en: 'Texts of errors. Types and codes are compared, messages are not.',
      ru: 'Тексты ошибок. Сравниваются типы и коды, но не сообщения.',
    },
  },
  {
    rules: ['ACK-10', 'FET-6'],
    what: {
      en: 'The first tenth of a second of a new leader, in which it still answers NOT_LEADER_OR_FOLLOWER or OFFSET_NOT_AVAILABLE.',
      ru: 'Первая десятая доля секунды нового лидера, когда он ещё отвечает NOT_LEADER_OR_FOLLOWER или OFFSET_NOT_AVAILABLE.',
    },
  },
  {
    rules: ['REP-6'],
    what: {
      en: 'Which of two brokers that die at the same moment stays an eligible leader.',
      ru: 'Какой из двух одновременно умерших брокеров останется кандидатом в лидеры (ELR).',
    },
  },
  {
    rules: ['REP-4'],
    what: {
      en: 'Preferred leaders restored by a timer (`auto.leader.rebalance.enable`), and partitions moved to other brokers.',
      ru: 'Возврат предпочтительных лидеров по таймеру (`auto.leader.rebalance.enable`) и перенос партиций на другие брокеры.',
    },
  },
  {
    rules: ['TXN-12'],
    what: {
      en: 'A second marker after a fail-over of the coordinator. It takes an offset and changes nothing else.',
      ru: 'Второй маркер после смены координатора. Он занимает смещение и больше ничего не меняет.',
    },
  },
  {
    rules: ['ACK-9'],
    what: {
      en: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND: a narrow race that no run has come to.',
      ru: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND: узкая гонка, на которую не попал ни один прогон.',
    },
  },
  {
    rules: ['ACK-12'],
    what: {
      en: 'Power loss of all replicas at once. Nothing is fsynced before an acknowledgement, so then acknowledged records can be lost.',
      ru: 'Одновременное отключение питания всех реплик. До подтверждения fsync не делается, и тогда подтверждённые записи могут пропасть.',
    },
  },
  {
    rules: ['OFS-10'],
    what: {
      en: 'Deletion of groups and topics, retention and compaction of data topics, quotas, security, sizes other than `max.message.bytes`.',
      ru: 'Удаление групп и топиков, retention и compaction топиков с данными, квоты, безопасность, размеры, кроме `max.message.bytes`.',
    },
  },
  {
    rules: ['REP-6'],
    what: {
      en: 'Other brokers: 4.0 to 4.2 and clusters without eligible leader replicas. Nothing is recorded for them.',
      ru: 'Другие брокеры: с 4.0 по 4.2 и кластеры без ELR. Для них ничего не записано.',
    },
  },
];
