/** Вердикты и трассы по-русски. Ключи те же, что в `en.ts` (проверяется тестом). */
import { anomaliesRu } from './anomalies.ru';
import { anomalyHeadline as headline, capital, count, fill, plural, recordPhrase, type Catalogue } from './catalogue';
import { diagnosisRu } from './diagnoses.ru';
import { missingAdvice, missingThing } from './missing.ru';
import { stormRu } from './storm.ru';
import type { LabWords } from '../lab';
import type { TextParams } from '../verdict';

const number = (value: TextParams[string] | undefined): string => count('ru', value);
const who = (p: TextParams): string => `${p['process']} #${p['incarnation']}`;
const atLine = (p: TextParams): string => (Number(p['line']) > 0 ? `, строка ${p['line']}` : '');
const faults = (p: TextParams): string =>
  Number(p['faults']) === 0
    ? 'без сбоев'
    : `не более чем с ${p['faults']} ${plural('ru', p['faults'], { one: 'сбоем', other: 'сбоями' })}`;
const executions = (value: TextParams[string] | undefined): string =>
  `${number(value)} ${plural('ru', value, { one: 'исполнение', few: 'исполнения', other: 'исполнений' })}`;
const times = (value: TextParams[string] | undefined): string =>
  `${number(value)} ${plural('ru', value, { one: 'раз', few: 'раза', other: 'раз' })}`;
/** Набор данных, для которого сбоев меньше, чем для остальных. */
const longer = (p: TextParams): string =>
  p['longerRecords'] === undefined
    ? ''
    : `; ещё один, записей в нём ${p['longerRecords']}, — ${faults({ faults: p['longerFaults'] ?? 0 })}`;
const FAULT_NAMES: Readonly<Record<string, string>> = {
  crash: 'падение',
  'lost-answer': 'потерянный ответ',
  'lost-request': 'потерянный запрос',
  'connection-lost-before-commit': 'соединение потеряно до коммита',
  'connection-lost-after-commit': 'соединение потеряно после коммита',
  'service-error': 'служба отвечает 500',
  'service-timeout': 'служба не отвечает',
  'send-error': 'отклонённая запись',
  'abortable-error': 'отклонённые смещения',
  pause: 'пауза',
  restart: 'штатный перезапуск',
  delay: 'задержка',
  reorder: 'перестановка',
  poison: 'ядовитая запись',
  'broker-crash': 'падение брокера',
  'broker-restart': 'перезапуск брокера',
  'broker-pause': 'пауза брокера',
  'fail-over': 'смена лидера',
  'coordinator-move': 'переезд координатора',
  'isr-shrink': 'отставший фолловер',
  'unclean-fail-over': 'unclean-выборы лидера',
};
const requestOf = (p: TextParams): string => {
  const label = String(p['label'] || p['request']).replace(/#.*$/, '');
  return (
    (
      { effect: 'запрос к службе', query: 'запрос к базе', commit: 'коммит', produce: 'запрос produce' } as Readonly<
        Record<string, string>
      >
    )[label] ?? `запрос ${label}`
  );
};
/** О какой записи был запрос, если это известно. */
const ofRecord = (p: TextParams, words: LabWords): string => (p['record'] ? ` (${fill(words.record, p)})` : '');

const BROKER: Readonly<Record<string, (id: string) => string>> = {
  killed: (id) => `брокер ${id} убит`,
  paused: (id) => `брокер ${id} замирает`,
  resumed: (id) => `брокер ${id} продолжает с того же места`,
  started: (id) => `брокер ${id} снова запускается`,
  stopped: (id) => `брокер ${id} штатно останавливается`,
  fenced: (id) => `брокер ${id} слишком долго молчал и считается выбывшим`,
  hanging: (id) => `брокер ${id} больше ничего не копирует`,
  copying: (id) => `брокер ${id} снова копирует`,
};

const STUCK: Readonly<Record<string, string>> = {
  deadlock: 'Программа ждёт промис, который никогда не завершится.',
  livelock: 'Программа всё время занята и не продвигается.',
  'poison-loop':
    'Одна и та же запись доставляется снова и снова, а обработчик каждый раз завершается ошибкой или не идёт дальше.',
  idle: 'Программа остановилась, хотя работа осталась: ей больше ничего не доставляют.',
  dropped:
    'Программа остановилась. Запись ей доставили, обработчик завершился без ошибки, но действие так и не произошло.',
  'until-restart': 'Программа остановилась, хотя работа осталась, и доделала её лишь после перезапуска в конце.',
  budget: 'Программа не остановилась, хотя прошло больше 20 000 событий.',
  'endless-loop': 'Один шаг программы никогда не кончается.',
};

export const ru: Catalogue = {
  ...anomaliesRu,
  ...stormRu,
  'headline.pass': headline('pass', 'Гарантия выполняется'),
  'headline.A1': headline('A1', 'Запись {record} подтверждена, но в логе её нет'),
  'headline.A3': headline('A3', 'Запись {record} лежит в логе не один раз: {count}'),
  'headline.A7': headline('A7', 'Запись {record} так и не обработана'),
  'headline.A9': headline('A9', 'Запись {record} подействовала не один раз: {count}'),
  'headline.A10': headline('A10', 'Запись {record} доставлена больше одного раза'),
  'headline.A15': headline('A15', 'После перезапуска без новых данных запись {record} доставлена снова'),
  'headline.L1': headline('L1', 'Программа не доводит работу до конца'),
  'headline.L2': headline('L2', 'Программа завершается с ошибкой при каждом запуске'),
  'headline.N1': headline('N1', 'Ничего не сделано, проверять нечего'),
  'headline.N2': (p) =>
    p['fault'] === ''
      ? 'Программа делает слишком много запросов, чтобы проверить все планы сбоев'
      : `Сбой «${FAULT_NAMES[String(p['fault'])] ?? p['fault']}» ни разу не случился: он не проверен`,
  'headline.N3': () => 'То, что эта лабораторная должна показать, ни разу не встретилось',
  'headline.N4': headline('N4', 'Запись {record} потеряна, хотя сбои её не коснулись'),
  'headline.X1': () => 'Один и тот же план дал два разных исполнения',

  'bound.pass': (p) =>
    `Нарушений нет. Проверено всё, что возможно ${faults(p)}: ${executions(p['executions'])}, наборов данных: ${p['variations']}${longer(p)}.`,
  'bound.fail': (p) =>
    `Гарантию ${plural('ru', p['failing'], { one: 'нарушает', other: 'нарушают' })} ${number(p['failing'])} из ${number(p['executions'])} ${plural('ru', p['executions'], { one: 'исполнения', other: 'исполнений' })} ${faults(p)}. Это кратчайшее.`,
  'bound.running': (p) =>
    `Пока ${number(p['failing'])} из ${number(p['executions'])} ${plural('ru', p['executions'], { one: 'исполнения', other: 'исполнений' })}, поиск продолжается. Это кратчайшее.`,
  'bound.cut': (p) =>
    `Исполнений до находки: ${number(p['executions'])}, сбоев: ${number(p['level'])}; на этом поиск закончен.`,
  'bound.inconclusive': (p) => `${executions(p['executions'])} ${faults(p)}: для вывода этого мало.`,
  'bound.not-judged': (p) => `${executions(p['executions'])}: о самой программе они ничего не говорят.`,
  'bound.vacuous': () => 'Запуск без сбоев ничего не изменил, ломать было нечего.',
  'bound.none': () => 'Ни одного исполнения не получилось.',

  'why.A1': (p, words) =>
    p['acknowledged'] === 0
      ? `Программа закончила так, будто отправлено всё. Но если прочитать лог целиком, одной записи в нём нет: ${recordPhrase(p, words)}.`
      : `send() завершился без ошибки: ${recordPhrase(p, words)}. Но если прочитать лог целиком, этой записи там нет.`,
  'why.A3': (p, words) =>
    `В логе ${recordPhrase(p, words)} встречается ${times(p['count'])}. По самим записям копии друг от друга не отличить.`,
  'why.A7': (p, words) =>
    `Закоммиченное смещение группы, ${p['committed']}, утверждает, что ${recordPhrase(p, words)} (смещение ${p['offset']}) уже позади. Это не так. ` +
    `Следующий читатель начнёт с ${p['committed']}, и смещение ${p['offset']} больше никто не прочитает.`,
  'why.A9': (p, words) =>
    `${capital(recordPhrase(p, words))}: эффект применён ${times(p['count'])}. Ничто не сообщило второму запуску, что он уже был.`,
  'why.A10': (p, words) => `${capital(recordPhrase(p, words))}: обработчик вызван ${times(p['count'])}.`,
  'why.A15': (p, words) =>
    `Всё было сделано, новых данных не было, и всё-таки ${recordPhrase(p, words)} (смещение ${p['offset']}) приходит снова. ` +
    (Number(p['isNewGroup'] ?? 0) > 0
      ? 'Читала новая группа: о коммитах других групп она ничего не знает и начинает по политике сброса.'
      : Number(p['committed']) < 0
        ? 'Закоммиченного смещения у группы нет, и она начинает по политике сброса.'
        : `Закоммичено смещение ${p['committed']}, а коммитят смещение, с которого читать дальше.`),
  'why.L1': (p) =>
    `${p['faults'] === 0 ? 'Сбоев не было' : 'Сбоев больше нет'}, времени было достаточно. ${STUCK[String(p['reason'])] ?? ''}`,
  'why.L2': () => 'Супервизор запускал программу снова и снова, и каждый раз она завершалась так же.',
  'why.N1': (p) =>
    Number(p['isJob'] ?? 0) > 0
      ? Number(p['sends']) > 0
        ? 'Клиенту что-то передали, но прочитать нечего: процесс завершился раньше, чем записи ушли, транзакция не закоммичена, или отправлялись не те данные.'
        : 'Программа ничего не отправила. Проверьте, что данные импортированы и send() вызывается с нужным топиком.'
      : Number(p['delivered']) > 0
        ? Number(p['fabricated']) > 0
          ? 'Записи доставлены, но запросы к службе были не о них.'
          : 'Записи доставлены обработчику, но служба ничего не сделала.'
        : 'Не доставлено ни одной записи. Группа без закоммиченного смещения начинает с конца лога, если не указать fromBeginning; проверьте также, что вызван run() и что топик тот.',
  'why.N2': (p) =>
    p['fault'] === ''
      ? 'Сбой возможен на каждом запросе. Не повторяйте лишнего: коммитьте, когда есть что коммитить, запрашивайте, когда есть что узнать.'
      : 'Сбою этого вида некуда было ударить: программа ни разу не делает запроса, который он мог бы задеть.',
  'why.N3': (p, words) =>
    `Ни в одном исполнении не встретилось то, что здесь должно встретиться: ${ru[`anomaly.${p['anomaly']}`]?.(p, words) ?? p['anomaly']}. Программа, которая держит эту гарантию, где-нибудь это показывает; если нет, испытания не было.`,
  'why.N4': (p, words) =>
    `Терять здесь можно то, что сбой застал в пути или в работе. К этой записи это не относится: ${recordPhrase(p, words)}. Программа отбросила её сама. ` +
    'Та, что отбрасывает что хочет, тоже ничего не повторяет, и доказательством это не служит.',
  'why.X1': () =>
    'Два запуска одного плана оставили разные следы, такой вердикт не повторить. Это ошибка движка: пришлите нам, пожалуйста, ваш файл.',

  'not-judged': () => 'проверить не удалось',
  'diagnosis.syntax-error': () => 'Программа не компилируется',
  'diagnosis.unavailable': (p) => `В лабораторных этого нет: ${missingThing(String(p['what']))}`,
  'diagnosis.unsupported-syntax': (p) => `В строке ${p['line']} то, чего лабораторные не поддерживают`,
  'diagnosis.missing-module': (p) => `Импортировать нечего${atLine(p)}`,
  'diagnosis.top-level-throw': (p) => `Программа завершается с ошибкой${atLine(p)}`,
  'diagnosis.thrown-non-error': (p) => `Программа бросает не Error${atLine(p)}`,
  'diagnosis.unhandled-rejection': (p) => `Промис отклонён, и никто этого не обработал${atLine(p)}`,
  'diagnosis.endless-loop': (p) => `Цикл не кончается${atLine(p)}`,
  'diagnosis.endless-microtasks': (p) => `Цепочка промисов не кончается${atLine(p)}`,
  'diagnosis.never-settles': (p) => `Промис никогда не завершается${atLine(p)}`,
  'diagnosis.out-of-memory': (p) => `Программа исчерпала память${atLine(p)}`,
  'diagnosis.not-responding': (p) => `Программа перестала отвечать${atLine(p)}`,
  'diagnosis.output-flood': (p) => `Программа печатает без конца${atLine(p)}`,
  'diagnosis.forbidden': (p) => `Программа попыталась сделать то, что здесь запрещено${atLine(p)}`,
  'remedy.unavailable': (p) => {
    const advice = missingAdvice(String(p['instead'] ?? ''));
    const rest = advice === null ? 'Почему или как обойтись, сказано в сообщении.' : `Пояснение: ${advice}.`;
    return `Возможно, программа и верна: в лабораторных есть не всё из Node и PostgreSQL, и этого нет. ${rest}`;
  },
  'remedy.top-level-throw': () => 'В Node процесс завершился бы здесь с кодом 1.',
  'remedy.connection-refused': () =>
    'По этому адресу никто не отвечает. Адреса брокеров лежат в process.env.KAFKA_BROKERS через запятую.',
  'remedy.thrown-non-error': () => 'Бросайте Error: тогда и логи, и вызывающий код поймут, что случилось.',
  'remedy.unhandled-rejection': () => 'Дождитесь промиса или обработайте отказ: в Node он завершает процесс.',
  'remedy.endless-loop': () =>
    'За один шаг цикл сделал больше двух миллионов оборотов. Пока он крутится, ничего другого не происходит: ни ответов, ни таймеров. Того, чего ждёте, дожидайтесь через await.',
  'remedy.endless-microtasks': () =>
    'Каждая задача ставит следующую, и до таймеров и ответов очередь не доходит. Дождитесь чего-то вне этой цепочки.',
  'remedy.never-settles': () =>
    'Того, что должно его завершить, никто не вызывает. Ждите того, что случится, или отклоняйте промис по тайм-ауту.',
  'remedy.out-of-memory': () =>
    'Ограничьте то, что накапливаете: консьюмер, который копит записи без предела, так же умрёт и в продакшене.',
  'remedy.not-responding': (p) =>
    `${diagnosisRu(String(p['message']))} Поищите долгую работу: тысячи запросов на одну запись, регулярное выражение, рекурсию, массив, который растёт без конца. Если машина занята, может хватить повторного запуска.`,
  'remedy.output-flood': () => 'Печатайте раз на запись, а не в цикле, который ничего не ждёт.',

  'event.phase': (p) =>
    ({
      'next-batch': 'приходят новые записи',
      restart: 'всё затихло; программу перезапускают без новых данных',
      end: 'конец',
      heal: 'сбоев больше нет',
      start: 'начало',
    })[String(p['phase'])] ?? String(p['phase']),
  'event.process-start': (p) => `${who(p)} запускается`,
  'event.process-crash': (p, words) => {
    const place = Number(p['line']) > 0 ? `вызов в строке ${p['line']}` : requestOf(p);
    const where = Number(p['another']) > 0 ? `ещё один ${place}` : place;
    if (p['phase'] === 'before') return `${who(p)} падает до того, как подействовал ${where}`;
    if (p['phase'] === 'after')
      return `${who(p)} падает сразу после того, как подействовал ${where}${ofRecord(p, words)}`;
    return `${who(p)} падает`;
  },
  'event.process-stop': (p) => `${who(p)} останавливают`,
  'event.process-pause': (p) => `${who(p)} замирает${atLine(p)}, не успев отправить следующий запрос`,
  'event.process-resume': (p) => `${who(p)} просыпается и продолжает с того же места`,
  'event.process-exit': (p) =>
    p['error'] ? `${who(p)} завершается с ошибкой ${p['error']}` : `${who(p)} завершается с кодом ${p['code']}`,
  'event.append': (p, words) => `запись в ${p['partition']}, смещение ${p['offset']}: ${recordPhrase(p, words)}`,
  'event.group-join': (p) =>
    `${who(p)} входит в группу ${p['group']}, поколение ${p['generation']}: ${p['assignment'] || 'без партиций'}`,
  'event.group-leave': (p) =>
    p['reason'] === 'left'
      ? `участник выходит из группы ${p['group']}`
      : `группа ${p['group']}: сессия участника истекла`,
  'event.position': (p) =>
    ({
      committed: `чтение ${p['partition']} продолжается с закоммиченного смещения ${p['offset']}`,
      reset: `для ${p['partition']} нет пригодного коммита, чтение начинается с ${p['offset']}`,
      seek: `чтение ${p['partition']} перенесено на ${p['offset']}`,
    })[String(p['from'])] ?? '',
  'event.deliver': (p, words) =>
    `${Number(p['again']) > 0 ? 'повторная доставка' : 'доставка'}: ${recordPhrase(p, words)}`,
  'event.handled': (p, words) =>
    p['error']
      ? `обработчик завершился ошибкой, ${recordPhrase(p, words)}: ${p['error']}`
      : `обработчик закончил: ${recordPhrase(p, words)}`,
  'event.commit-queued': (p) =>
    `${Number(p['automatic']) > 0 ? 'клиент сам ставит коммит в очередь' : 'коммит встаёт в очередь клиента'}: ${p['offset']}`,
  'event.commit': (p) =>
    `закоммиченное смещение группы${p['group'] === undefined ? '' : ` ${p['group']}`} для ${p['partition']} теперь ${p['offset']}`,
  'event.commit-refused': (p) => `коммит ${p['offset']} отклонён: ${p['error']}`,
  'event.transaction-begin': (p) => `${who(p)} начинает транзакцию ${p['transaction']}`,
  'event.transaction-commit': (p) => `${who(p)} просит закоммитить транзакцию ${p['transaction']}${atLine(p)}`,
  'event.transaction-abort': (p) => `${who(p)} просит отменить транзакцию ${p['transaction']}${atLine(p)}`,
  'event.transaction-offsets': (p) =>
    `смещение ${p['offset']} в ${p['partition']} войдёт в транзакцию, группа ${p['group']}`,
  'event.request': (p) => `${p['label']} уходит${atLine(p)}`,
  'event.effect': (p, words) => {
    if (Number(p['fabricated']) > 0)
      return `${p['service']} выполняет ${p['label']} для записи, которую никто не доставлял`;
    if (Number(p['undone']) > 0) return `${fill(words.record, p)}: сделанное отменил запрос ${p['label']} …`;
    const again = Number(p['count']) > 1 ? ` снова (уже ${times(p['count'])})` : '';
    const late = Number(p['late']) > 0 ? ': запрос ушёл ещё до падения' : '';
    return `${fill(words.effect, p)}${again}${late}`;
  },
  'event.statement': (p) =>
    p['code']
      ? `${p['database']} отказывает: ${p['label']}${atLine(p)} — ${p['outcome']} (${p['code']})`
      : `${p['database']} выполняет ${p['label']}${atLine(p)}: ${p['outcome']}`,
  'event.transaction-waits': (p) => `${p['label']} ждёт, пока закончится транзакция ${p['holder']}`,
  'event.pool-exhausted': (p) =>
    Number(p['connections']) === 1
      ? `${who(p)} ждёт соединения: в пуле оно одно, и оно занято`
      : `${who(p)} ждёт соединения: все ${p['connections']} из пула заняты`,
  'event.rolled-back': (p) => `соединение ${p['owner']} закрылось, его транзакция откатывается`,
  'event.table': (p) =>
    `в таблице ${p['table']} теперь ${number(p['rows'])} ${plural('ru', p['rows'], { one: 'строка', few: 'строки', many: 'строк' })}`,
  'event.service-refused': (p) => `${p['service']} отказывает, ${p['label']}: статус ${p['status']}`,
  'event.broker': (p) => BROKER[String(p['state'])]?.(String(p['broker'])) ?? `брокер ${p['broker']}: ${p['state']}`,
  'event.leader': (p) =>
    Number(p['leader']) < 0
      ? `у ${p['partition']} теперь нет лидера`
      : `лидер ${p['partition']} — брокер ${p['leader']}, эпоха ${p['epoch']}${Number(p['unclean']) > 0 ? '; он отставал, записи могли пропасть' : ''}`,
  'event.coordinator': (p) => {
    const what = p['of'] === 'group' ? 'групп' : 'транзакций';
    return Number(p['broker']) < 0
      ? `координатора ${what} теперь нет`
      : `координатор ${what} теперь — брокер ${p['broker']}`;
  },
  'event.isr': (p) => `неотстающие реплики ${p['partition']}: ${p['isr'] === '' ? 'нет' : p['isr']}`,
  'event.truncated': (p) =>
    `брокер ${p['broker']} обрезает ${p['partition']}: было до ${p['to']}, стало до ${p['from']}`,
  'event.answer': (p) => `ответ на ${p['label']}: ${p['status']}`,
  'event.request-lost': (p, words) => `${requestOf(p)}${ofRecord(p, words)} потерян в пути`,
  'event.answer-lost': (p, words) => `ответ на ${requestOf(p)}${ofRecord(p, words)} потерян`,
  'event.request-late': (p, words) => `${requestOf(p)}${ofRecord(p, words)} задерживается в пути`,
  'event.answer-late': (p, words) => `ответ на ${requestOf(p)}${ofRecord(p, words)} задерживается в пути`,
  'event.request-overtakes': (p, words) => `${requestOf(p)}${ofRecord(p, words)} обгоняет отправленное раньше`,
  'event.poison': (p, words) => `значение не разобрать: ${recordPhrase(p, words)}`,
  'event.console': (p) => `${p['level']}: ${p['text']}`,
  'event.stuck': (p) => STUCK[String(p['reason'])] ?? 'программа застряла',

  'anomaly.A1': () => 'запись не попала в лог',
  'anomaly.A3': () => 'дубликат в логе',
  'anomaly.A7': () => 'потерянная запись',
  'anomaly.A9': () => 'повторный эффект',
  'anomaly.A10': () => 'повторная доставка',
  'anomaly.A15': () => 'повтор после перезапуска',
  'anomaly.L1': () => 'программа застряла',
  'anomaly.L2': () => 'падает при каждом запуске',
  'anomaly.N1': () => 'ничего не сделано',
  'anomaly.N2': () => 'сбой не случился',
  'anomaly.N3': () => 'нет обязательного свидетельства',
  'anomaly.N4': () => 'потеря без причины',
  'anomaly.X1': () => 'недетерминированность',
  'fault.crash': () => 'падение',
  'fault.lost-answer': () => 'потерянный ответ',
  'fault.lost-request': () => 'потерянный запрос',
  'fault.connection-lost-before-commit': () => 'соединение потеряно до коммита',
  'fault.connection-lost-after-commit': () => 'соединение потеряно после коммита',
  'fault.service-error': () => 'служба отвечает 500',
  'fault.service-timeout': () => 'служба не отвечает',
  'fault.send-error': () => 'отклонённая запись',
  'fault.abortable-error': () => 'отклонённые смещения',
  'fault.pause': () => 'пауза',
  'fault.restart': () => 'штатный перезапуск',
  'fault.delay': () => 'задержка',
  'fault.reorder': () => 'перестановка',
  'fault.poison': () => 'ядовитая запись',
  'fault.broker-crash': () => 'падение брокера',
  'fault.broker-restart': () => 'перезапуск брокера',
  'fault.broker-pause': () => 'пауза брокера',
  'fault.fail-over': () => 'смена лидера',
  'fault.coordinator-move': () => 'переезд координатора',
  'fault.isr-shrink': () => 'отставший фолловер',
  'fault.unclean-fail-over': () => 'unclean-выборы лидера',
  'fault.none': () => 'без сбоев',
  'status.pass': () => 'пройдено',
  'status.fail': () => 'не пройдено',
  'status.inconclusive': () => 'вывода нет',
  'found.faults': (p) =>
    Number(p['faults']) === 0
      ? 'найдено без сбоев'
      : `найдено с ${p['faults']} ${plural('ru', p['faults'], { one: 'сбоем', other: 'сбоями' })}`,
  'section.story': () => 'Что происходит',
  'section.why': () => 'Почему',
  'section.ledger': () => 'Ведомость',
  'section.counts': () => 'Исполнения по аномалиям и сбоям',
  'section.allowed': () => 'Замечено, здесь допустимо',
  'section.replay': () => 'Повторить',
  'ledger.record': () => 'запись',
  'ledger.appended': () => 'в логе',
  'ledger.delivered': () => 'доставлено',
  'ledger.committed': () => 'закоммичено',
  ms: () => 'мс',
  line: (p) => `строка ${p['line']}`,
  witnessed: (p) =>
    `${capital(String(p['name']))}: встречается, как и должно быть, в ${number(p['executions'])} ${plural('ru', p['executions'], { one: 'исполнении', other: 'исполнениях' })}.`,
};
