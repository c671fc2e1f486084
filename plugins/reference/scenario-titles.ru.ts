/** Названия сценариев по-русски, по файлу. */
export const RUSSIAN_TITLES: Readonly<Record<string, string>> = {
  'exactly-once/dif-58-offsets-of-a-transaction-are-pending': 'смещения из транзакции вступают в силу с её коммитом',
  'exactly-once/dif-59-stable-offsets-of-an-admin': 'что говорят о незавершённых смещениях админ-клиенты',
  'exactly-once/dif-59-stable-offsets': 'с require_stable незавершённые смещения — это ошибка',
  'exactly-once/dif-60-later-commit-wins': 'из обычного и транзакционного коммита побеждает записанный позже',
  'exactly-once/dif-61-killed-after-commit': 'копировщик, убитый после коммита, копирует ровно один раз',
  'exactly-once/dif-61-killed-after-send-offsets':
    'копировщик, убитый после отправки смещений, копирует ровно один раз',
  'exactly-once/dif-61-killed-after-send': 'копировщик, убитый после send, копирует ровно один раз',
  'exactly-once/dif-61-killed-before-send': 'копировщик, убитый до send, копирует ровно один раз',
  'exactly-once/dif-62-offsets-committed-after-the-transaction':
    'если консьюмер коммитит смещения после транзакции, запись удваивается',
  'exactly-once/dif-62-offsets-committed-before-the-transaction':
    'если консьюмер коммитит смещения до транзакции, запись теряется',
  'exactly-once/dif-63-kafkajs-zombie-is-not-fenced': 'без метаданных группы транзакция зомби проходит',
  'exactly-once/dif-64-pending-offsets-hold-the-successor': 'незавершённые смещения заставляют преемника ждать',
  'exactly-once/dif-64-zombie-is-fenced-by-generation': 'с метаданными группы смещения зомби отклоняются',
  'exactly-once/dif-65-zombie-is-fenced-by-its-transactional-id':
    'если id зависит от входной партиции, зомби отсекается по эпохе',
  'exactly-once/dif-66-abort-and-go-back': 'отмена с возвратом назад ничего не теряет',
  'exactly-once/dif-66-abort-does-not-rewind': 'отмена без возврата назад теряет входную запись',
  'exactly-once/dif-66-restart-before-a-later-commit':
    'отменённая входная запись придёт после перезапуска, если позже неё ничего не закоммичено',
  'exactly-once/dif-67-effects-outside-happen-twice': 'действие вне Kafka отменой не отменяется',
  'exactly-once/dif-68-dedupe-by-coordinates': 'приёмник, отсеивающий по смещению, убирает повторные доставки',
  'exactly-once/dif-68-producer-duplicates-need-an-id':
    'у дубликата от продюсера другое смещение, его отсеет только бизнес-id',
  'exactly-once/ofs-6-transactional-commit-and-membership':
    'транзакционный коммит сверяется с группой, только если называет участника',
  'groups/dif-47-expelled-member-cannot-commit': 'участник с истёкшей сессией коммитить не может',
  'groups/dif-48-old-generation-cannot-commit': 'коммит со старым поколением отклоняется',
  'groups/dif-49-commit-before-rejoining': 'участник, которому велено войти заново, ещё может коммитить',
  'groups/dif-50-commit-between-join-and-sync': 'между join и sync коммитить смещения может только транзакция',
  'groups/dif-51-commit-without-membership': 'не участник коммитит, только пока группа пуста',
  'groups/dif-52-commit-of-a-foreign-partition': 'участник может закоммитить чужую партицию',
  'groups/dif-53-fenced-static-client': 'что видит вытесненный статический участник',
  'groups/dif-53-static-member-replaced': 'новичок с тем же instance id занимает место без ребаланса',
  'groups/dif-54-static-restart-without-rebalance': 'статический участник, вернувшийся вовремя, не вызывает ребаланса',
  'groups/dif-55-clean-leave-moves-at-once': 'при штатном уходе партиции переходят сразу',
  'groups/dif-55-kill-moves-after-the-session': 'после убийства партиции переходят, когда истечёт сессия',
  'groups/dif-56-blocked-handler-is-a-zombie': 'слишком долгий обработчик продолжает работу как зомби',
  'groups/grp-15-group-survives-its-coordinator': 'участники и поколение переживают координатора',
  'groups/grp-3-who-does-not-rejoin-is-out': 'кто не вошёл заново за таймаут ребаланса, исключён',
  'groups/grp-6-heartbeats': 'что отвечают на heartbeat',
  'groups/grp-8-rejoin-without-change': 'повторный вход без изменений не вызывает ребаланса, если это не лидер',
  'idempotence/dif-20-same-batch-twice': 'на ту же пачку ещё раз отвечают старым смещением',
  'idempotence/dif-21-window-of-five': 'брокер помнит пять пачек продюсера',
  'idempotence/dif-22-gap-is-refused': 'пропуск в нумерации отклоняется и ничего не меняет',
  'idempotence/dif-23-other-cut-is-no-duplicate': 'те же записи, нарезанные на другие пачки, не дубликаты',
  'idempotence/dif-24-new-epoch-begins-at-zero': 'новая эпоха начинается с номера 0 и отсекает старую',
  'idempotence/dif-25-unknown-producer-may-begin-anywhere':
    'продюсер, которого партиция ещё не видела, может начать с любого номера',
  'idempotence/dif-26-sequence-wraps': 'за самым большим номером идёт 0',
  'idempotence/dif-27-lost-ack-stores-twice': 'без идемпотентности потерянное подтверждение сохраняет запись дважды',
  'idempotence/dif-28-idempotent-retry-is-recognised': 'повтор идемпотентного продюсера узнают',
  'idempotence/dif-29-kafkajs-reuses-a-sequence-with-another-count':
    'если в следующем send у kafkajs другое число записей, это нарушение порядка',
  'idempotence/dif-29-kafkajs-reuses-a-sequence': 'kafkajs подтверждает запись, которая не сохранена',
  'idempotence/dif-30-same-value-twice': 'одно значение, отправленное дважды, сохраняется дважды',
  'idempotence/dif-31-application-sends-again': 'то, что приложение отправляет заново после ошибки, — новая запись',
  'idempotence/dif-32-restart-forgets': 'перезапущенный продюсер — другой продюсер',
  'idempotence/pid-1-every-init-is-a-new-producer': 'без transactional id каждый InitProducerId даёт нового продюсера',
  'idempotence/pid-15-state-follows-the-log': 'после усечения состояние продюсера — то, что в оставшемся логе',
  'idempotence/pid-2-follower-has-the-window': 'у фолловера, ставшего лидером, есть все пять пачек',
  'idempotence/pid-2-restart-keeps-one-batch': 'перезапущенный брокер знает только последнюю пачку продюсера',
  'log/dif-01-offsets-count-up': 'смещения идут подряд с 0',
  'log/dif-33-acks-0-tells-nothing': 'при acks=0 отклонённая запись молча теряется',
  'offsets/cli-8-tail-of-markers': 'маркеры в конце партиции коммитит только Java',
  'offsets/dif-34-committed-offset-is-next': 'закоммиченное смещение — это следующее к чтению',
  'offsets/dif-35-committed-offset-may-go-back': 'закоммиченное смещение может вернуться назад',
  'offsets/dif-36-offset-beyond-the-end-latest':
    'при latest смещение за концом лога значит: только то, что придёт потом',
  'offsets/dif-36-offset-beyond-the-end': 'смещение за концом лога принимают, а при чтении сбрасывают',
  'offsets/dif-37-start-without-a-commit': 'группа без коммитов начинает там, где велит auto.offset.reset',
  'offsets/dif-38-start-position-is-committed-by-java-only':
    'начальную позицию, с которой ничего не прочитано, коммитит только Java',
  'offsets/dif-39-processed-but-not-committed': 'запись обработана, но не закоммичена: придёт снова',
  'offsets/dif-40-commit-of-c-is-only-queued': 'коммит C без барьера может пропасть вместе с процессом',
  'offsets/dif-40-committed-but-not-processed': 'запись закоммичена, но не обработана: потеряна',
  'offsets/dif-41-handler-throws-once': 'запись, на которой обработчик бросил исключение, доставляется снова',
  'offsets/dif-42-early-return-skips-the-batch': 'обработчик пачки, вернувшийся раньше, пропускает остаток навсегда',
  'offsets/dif-43-nothing-resolved-same-batch-again':
    'обработчик пачки, ничего не отметивший, получает ту же пачку снова',
  'offsets/dif-44-type-error-in-the-handler': 'TypeError останавливает kafkajs; C доставляет запись без конца',
  'offsets/dif-45-close-commits-the-position': 'close() в Java коммитит всё, что вернул poll, обработано оно или нет',
  'offsets/dif-46-kill-commits-nothing': 'автокоммит Java ещё не охватил текущий poll',
  'offsets/dif-57-committed-below-log-start': 'закоммиченное смещение ниже начала лога сбрасывается',
  'offsets/dif-85-committed-zero': 'клиент Confluent показывает закоммиченный 0 как отсутствие коммита',
  'offsets/dif-86-lost-commit-answer-after-a-break':
    'коммит, ответ на который пропал с соединением, может лечь поверх более позднего',
  'offsets/dif-86-lost-commit-answer-is-sent-again':
    'коммит, у которого пропал только ответ, поверх более позднего не ложится',
  'offsets/dif-87-throw-undefined-later': 'обработчик бросает undefined после обработанных записей',
  'offsets/dif-87-throw-undefined': 'обработчик бросает undefined',
  'offsets/dif-88-seek-back-under-auto-commit': 'при автокоммите seek назад уводит и закоммиченное смещение',
  'offsets/fet-6-latest-during-an-open-transaction':
    'читатель с latest получает то, что открытая транзакция написала раньше',
  'offsets/ofs-3-any-value-is-accepted': 'закоммитить можно любое смещение',
  'offsets/ofs-3-minus-five-is-read': 'как читают закоммиченное смещение -5',
  'offsets/ofs-3-minus-two-is-read': 'как читают закоммиченное смещение -2',
  'replication/ack-7-duplicate-below-min-isr': 'ниже min.insync.replicas отклоняют даже сохранённую пачку',
  'replication/dif-70-too-few-replicas-raw': 'ответ на одиночный запрос ниже min.insync.replicas',
  'replication/dif-70-too-few-replicas': 'пока ISR меньше min.insync.replicas, acks=all отклоняется',
  'replication/dif-71-invisible-below-min-isr': 'ниже min.insync.replicas подтверждённая запись не видна',
  'replication/dif-72-all-can-be-one': 'acks=all при одной неотстающей реплике — это одна копия',
  'replication/dif-73-ack-waits-for-the-isr': 'подтверждение ждёт, пока замерший фолловер не выйдет из ISR',
  'replication/dif-74-idempotent-goes-on': 'идемпотентный продюсер, который не сдаётся, сохраняет запись один раз',
  'replication/dif-74-rejected-but-in-the-log': 'отклонённая отправка может оказаться в логе',
  'replication/dif-74-timed-out-record-stays': 'запрос produce истёк, а запись в логе осталась',
  'replication/dif-75-acks-1-is-lost-with-its-leader': 'запись, подтверждённая одним лидером, пропадает вместе с ним',
  'replication/dif-76-acks-all-survives': 'идемпотентная запись с acks=all переживает лидера, в одном экземпляре',
  'replication/dif-77-new-leader-knows-the-window': 'новый лидер узнаёт дубликат, принятый старым',
  'replication/dif-78-reader-waits-for-the-high-watermark': 'запись выше high watermark не доставляется',
  'replication/dif-79-no-unclean-election': 'без unclean election партиция ждёт последнюю реплику',
  'replication/dif-80-grown-past-the-commit':
    'если новый лог перерос закоммиченное смещение, записи молча пропускаются',
  'replication/dif-80-unclean-election-loses': 'unclean election теряет то, что было только у старого лидера',
  'replication/dif-81-first-in-the-replica-list': 'лидером становится первая неотстающая реплика из списка',
  'replication/dif-82-committed-offset-survives-its-coordinator': 'закоммиченное смещение переживает координатора',
  'replication/dif-82-group-goes-on': 'группа продолжает работу с новым координатором',
  'replication/dif-83-commit-survives-its-coordinator':
    'транзакция, о которой уже решено, становится видна, хотя координатор умер',
  'replication/dif-84-rolling-kill':
    'убийство брокеров по очереди не теряет, не удваивает и не переставляет подтверждённое',
  'replication/dif-84-rolling-restart':
    'перезапуск брокеров по очереди не теряет, не удваивает и не переставляет подтверждённое',
  'replication/rep-8-eligible-replica-truncates': 'реплика из ELR бережёт только закоммиченные записи',
  'replication/rep-9-zombie-leader': 'то, что принял смещённый лидер, не сохраняется',
  'transactions/ack-1-plain-batch-inside-a-transaction': 'обычная пачка продюсера с открытой транзакцией отклоняется',
  'transactions/cli-12-send-outside-a-transaction': 'что делает транзакционный продюсер с send вне транзакции',
  'transactions/cli-30-aborted-records-delivered':
    'kafkajs доставляет отменённую запись, если отменены переплетённые транзакции',
  'transactions/dif-02-marker-takes-an-offset': 'маркер коммита занимает смещение и никому не доставляется',
  'transactions/dif-03-aborted-records-stay-in-the-log':
    'отменённые записи остаются в логе и при read_committed не доставляются',
  'transactions/dif-04-open-transaction-holds-back': 'открытая транзакция задерживает всё, что за ней',
  'transactions/dif-05-latest-by-isolation': 'последнее смещение зависит от уровня изоляции',
  'transactions/dif-06-empty-transaction-leaves-no-trace': 'транзакция без записей не оставляет следа',
  'transactions/dif-07-oldest-open-transaction-decides':
    'при read_committed ничего не доставляется, пока не кончится старейшая открытая транзакция',
  'transactions/dif-08-abort-commit-abort': 'каждую транзакцию продюсера решает её собственный маркер',
  'transactions/dif-09-abort-covers-every-partition': 'отмена охватывает все партиции транзакции',
  'transactions/dif-10-untouched-partition-gets-no-marker': 'незатронутая партиция маркера не получает',
  'transactions/dif-11-timed-out-transaction-cannot-commit': 'истёкшую транзакцию закоммитить нельзя',
  'transactions/dif-12-abort-after-the-timeout': 'после таймаута отменить и работать дальше может только клиент с TV2',
  'transactions/dif-13-second-instance-fences-the-first': 'второй продюсер с тем же id отсекает первого',
  'transactions/dif-14-fenced-between-transactions':
    'продюсер, отсечённый между транзакциями, узнаёт об этом при следующем send',
  'transactions/dif-15-same-id-aborts-at-once':
    'перезапущенный продюсер с тем же id сразу отменяет открытую транзакцию',
  'transactions/dif-16-other-id-waits-for-the-timeout':
    'с другим id осиротевшая транзакция держит читателей до таймаута',
  'transactions/dif-17-rejected-send-does-not-stop-the-commit':
    'kafkajs коммитит то, что осталось после отклонённого send',
  'transactions/dif-18-next-transaction-of-c-fails-once':
    'после слишком большой записи следующая транзакция C в этой партиции один раз не удаётся',
  'transactions/dif-18-rejected-send-makes-the-commit-fail': 'транзакцию с отклонённым send можно только отменить',
  'transactions/dif-19-after-a-failed-commit': 'после неудачного коммита поможет только новый продюсер',
  'transactions/fet-4-interleaved-aborts': 'из переплетённых транзакций каждую убирает её собственный маркер',
  'transactions/log-10-marker-without-records': 'добавленная партиция получает маркер, писали в неё или нет',
  'transactions/log-11-log-start-passes-an-open-transaction': 'начало лога может пройти начало открытой транзакции',
  'transactions/pid-9-sequence-goes-on-after-a-marker': 'при TV1 нумерация после маркера продолжается',
  'transactions/txn-14-activity-does-not-extend': 'активность не продлевает таймаут транзакции',
  'transactions/txn-20-open-transaction-survives-its-coordinator': 'открытая транзакция переживает координатора',
  'transactions/txn-4-epochs': 'каждый InitProducerId берёт следующую эпоху, а отменённый предшественник — ещё одну',
  'transactions/txn-4-timeout-above-the-maximum-of-a-client': 'где клиент узнаёт, что таймаут транзакции слишком велик',
  'transactions/txn-4-timeout-above-the-maximum': 'таймаут больше transaction.max.timeout.ms отклоняется',
  'transactions/txn-6-partition-has-to-be-added': 'транзакционной пачке нужна партиция в транзакции',
  'transactions/txn-8-end-of-an-ended-transaction': 'завершить завершённую транзакцию — повтор или ошибка',
};

/** Почему исход на настоящем кластере может меняться, по файлу. */
export const RUSSIAN_REASONS: Readonly<Record<string, string>> = {
  'offsets/dif-40-commit-of-c-is-only-queued': 'успеет ли коммит из очереди до брокера, пока жив процесс, решает гонка',
  'replication/dif-74-rejected-but-in-the-log':
    'сколько попыток сохранится до сокращения ISR, зависит от пауз между ними',
  'replication/dif-83-commit-survives-its-coordinator':
    'маркеров один или два, поэтому сравниваются значения, а не смещения',
  'replication/rep-9-zombie-leader': 'успеет ли прежний лидер принять запрос, пока не узнал о преемнике, решает гонка',
  'transactions/txn-20-open-transaction-survives-its-coordinator':
    'в некоторых запусках новый координатор за минуту так и не записал маркер, и данные оставались за LSO (см. TXN-22)',
};
