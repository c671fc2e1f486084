import { useLocale } from '../format';

const en = {
  question: 'Question',
  answered: 'answered',
  several: 'More than one may be right.',
  order: 'Put them in order: the buttons move a line up or down.',
  point: 'Step through the run to the answer.',
  check: 'Check',
  checkPoint: (step: string): string => `This is it: step ${step}`,
  right: 'Right.',
  wrong: 'Not yet.',
  partly: 'Not yet: something is missing, or something is too much.',
  showAll: 'Explain every answer',
  moveUp: (place: number): string => `Move line ${place} up`,
  moveDown: (place: number): string => `Move line ${place} down`,
  moved: (place: number, count: number): string => `now ${place} of ${count}`,
  rightMark: 'right',
  wrongMark: 'wrong',
  notKept: 'The answer could not be kept: the browser does not let this page store anything, or has no room left.',
};

const ru: typeof en = {
  question: 'Вопрос',
  answered: 'есть верный ответ',
  several: 'Верных ответов может быть несколько.',
  order: 'Расставьте по порядку: кнопки двигают строку вверх и вниз.',
  point: 'Дойдите по шагам до ответа.',
  check: 'Проверить',
  checkPoint: (step) => `Вот он: шаг ${step}`,
  right: 'Верно.',
  wrong: 'Пока нет.',
  partly: 'Пока нет: чего-то не хватает или что-то лишнее.',
  showAll: 'Объяснить все ответы',
  moveUp: (place) => `Передвинуть строку ${place} вверх`,
  moveDown: (place) => `Передвинуть строку ${place} вниз`,
  moved: (place, count) => `теперь ${place}-я из ${count}`,
  rightMark: 'верно',
  wrongMark: 'неверно',
  notKept: 'Ответ не сохранён: браузер не разрешает странице хранить данные, или место закончилось.',
};

export type CheckStrings = typeof en;

export function useCheckStrings(): CheckStrings {
  return useLocale() === 'ru' ? ru : en;
}
