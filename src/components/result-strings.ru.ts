import { formatNumber, plural, type PluralForms } from './format';
import type { ResultStrings } from './result-strings.en';

const executions: PluralForms = { one: 'исполнение', few: 'исполнения', many: 'исполнений', other: 'исполнения' };
const inExecutions: PluralForms = { one: 'исполнении', few: 'исполнениях', many: 'исполнениях', other: 'исполнения' };
const withFaults: PluralForms = { one: 'сбоем', few: 'сбоями', many: 'сбоями', other: 'сбоя' };
const upToFaults: PluralForms = { one: 'сбоя', few: 'сбоев', many: 'сбоев', other: 'сбоя' };

export const resultRu: ResultStrings = {
  withFaults: (count) =>
    count === 0
      ? 'хватило и без сбоев'
      : count === 1
        ? 'хватило одного сбоя'
        : `хватило ${plural('ru', count, upToFaults)}`,
  passed: (faults) => `пройдено · все исполнения, где не больше ${plural('ru', faults, upToFaults)}`,
  inconclusive: 'вывода нет',
  notJudged: 'не удалось выполнить',
  line: (line) => `строка ${formatNumber('ru', line)}`,
  goToLine: (line) => `К строке ${formatNumber('ru', line)}`,
  atTime: (time) => `${formatNumber('ru', time)} мс`,
  story: 'Что произошло',
  why: 'Почему',
  whatToDo: 'Что делать',
  timeline: 'Хронология',
  timelinePass: 'Самое трудное из выдержанных исполнений',
  ledger: 'Ведомость',
  ledgerNote: 'Что стало с каждой записью к концу этого исполнения',
  record: 'запись',
  appended: 'в логе',
  delivered: 'доставлено',
  committed: 'закоммичено',
  yes: 'да',
  no: 'нет',
  badCount: (count) =>
    count === 0
      ? 'ни разу'
      : count === 1
        ? 'не должно быть'
        : plural('ru', count, { one: 'раз', few: 'раза', many: 'раз', other: 'раза' }),
  badCommitted: (committed) => (committed ? 'да, слишком рано' : 'нет, а должно'),
  counts: 'Только ли это?',
  countsNote: 'Сколько исполнений с каким нарушением и с каким сбоем',
  anomaly: 'что',
  total: 'всего',
  none: 'нет',
  seenAllowed: 'Замечено, здесь допустимо',
  seenTimes: (count) => `в ${plural('ru', count, inExecutions)}`,
  coverage: 'Что перебрано',
  coverageFired: (count) => (count === 0 ? 'ни разу не случилось' : `случилось в ${plural('ru', count, inExecutions)}`),
  byFaults: (faults, count) =>
    `${plural('ru', count, executions)} ${faults === 0 ? 'без сбоев' : `с ${plural('ru', faults, withFaults)}`}`,
  witnessed: 'замечено',
  console: 'Консоль',
  consoleEmpty: 'Ничего не напечатано.',
  incarnation: (process, incarnation) => `${process} #${incarnation}`,
  table: 'Все события таблицей',
  hint: (number, count) => `Подсказка ${number} из ${count}`,
  solution: 'Сравнить с решением',
  replay: 'Повторить',
  verdictAsData: 'Вердикт как данные. Кнопка копирует вердикт этой страницы; команда печатает тот же, кроме времени:',
  replayNote: 'То же исполнение из командной строки, с вашим файлом:',
  executionCode: 'Код исполнения',
  copy: 'Скопировать',
  copied: 'Скопировано',
  anomalies: {
    A1: 'отправленной записи нет в логе',
    A3: 'запись попала в лог дважды',
    A7: 'запись так и не обработана',
    A9: 'действие выполнено больше одного раза',
    A10: 'запись доставлена больше одного раза',
    A15: 'перезапуск без новых записей доставляет старые',
    L1: 'программа перестала продвигаться',
    L2: 'программа раз за разом завершалась с ошибкой',
    N1: 'ничего не обработано',
    N2: 'сбой так и не случился',
    N3: 'не случилось то, что заданию нужно увидеть',
    X1: 'то же исполнение во второй раз пошло иначе',
  },
  remedies: {
    N1: 'Пусть программа подпишется и без сбоев обработает хотя бы одну запись, затем запустите снова.',
    N2: 'Пусть программа дойдёт до места, где этот сбой возможен: например, до запроса или коммита.',
    N3: 'Пока всё верно, но произошло слишком мало, чтобы что-то доказать. Пусть программа выполнит задание целиком.',
    X1: 'Поищите, что меняется от запуска к запуску; если такого нет, сообщите авторам курса.',
  },
  faultKinds: {
    none: 'без сбоев',
    crash: 'падение',
    'lost-answer': 'потерян ответ',
    'lost-request': 'потерян запрос',
    restart: 'перезапуск',
  },
  step: 'шаг',
  time: 'время',
  lane: 'где',
  event: 'событие',
  sourceLine: 'строка',
  previous: 'Предыдущий шаг',
  next: 'Следующий шаг',
  play: 'Проиграть',
  pause: 'Пауза',
  slider: 'Шаг',
  stepOf: (step, count) => `${formatNumber('ru', step)} / ${formatNumber('ru', count)}`,
  toFault: 'К сбою',
  allEvents: 'Все события',
  keysHint: '↑ ↓ — шаг, Home и End — края, пробел — проиграть',
  timelineLabel: 'События этого исполнения по порядку',
  windowBefore: (count) =>
    plural('ru', count, { one: 'событие', few: 'события', many: 'событий', other: 'события' }) + ' раньше',
  windowAfter: (count) =>
    plural('ru', count, { one: 'событие', few: 'события', many: 'событий', other: 'события' }) + ' позже',
  fault: 'сбой',
  again: 'повтор',
  stateAt: (what, step) => `${what} на шаге ${formatNumber('ru', step)}`,
  committedMark: 'закоммичено',
  positionMark: 'позиция',
  highWatermark: 'high watermark',
  emptyLog: 'Лог пуст.',
  offset: 'смещение',
  applied: (service) => `Выполнено в ${service}`,
  nothingApplied: 'пока ничего',
  group: (group) => `Группа ${group}`,
  generation: (generation) => `поколение ${generation}`,
  noMember: 'участников нет',
  reads: (partitions) => `читает ${partitions}`,
  readsNothing: 'ничего не читает',
  running: 'работает',
  notRunning: 'не работает',
};
