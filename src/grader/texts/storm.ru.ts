/** Предложения о штормах по-русски; часть `ru.ts`. */
import type { TextParams } from '../verdict';
import { count, plural, type Catalogue } from './catalogue';

type Forms = readonly [one: string, few: string, many: string];

const number = (value: TextParams[string] | undefined): string => count('ru', value);
const of = (value: TextParams[string] | undefined, [one, few, many]: Forms): string =>
  `${number(value)} ${plural('ru', value, { one, few, many, other: few })}`;
const RUNS: Forms = ['прогон', 'прогона', 'прогонов'];
const EXECUTIONS: Forms = ['исполнение', 'исполнения', 'исполнений'];
const FAULTS: Forms = ['сбой', 'сбоя', 'сбоев'];
const RECORDS: Forms = ['запись', 'записи', 'записей'];
const PARTITIONS: Forms = ['партиция', 'партиции', 'партиций'];
const drawn = (p: TextParams): string =>
  `самое большее в одном: ${of(p['faults'], FAULTS)}, ${of(p['records'], RECORDS)}, ${of(p['partitions'], PARTITIONS)}`;

export const stormRu: Catalogue = {
  'storm.kicker': (p) => `шторм, зерно ${p['seed']}`,
  'storm.headline.pass': () => 'В этом шторме ничего не сломалось',
  'storm.headline.endless': (p) =>
    `${of(p['endless'], RUNS)} ${plural('ru', p['endless'], { one: 'не дошёл', other: 'не дошли' })} до конца, и шторм не в счёт`,
  'storm.headline.calm': () => 'Ни в одном прогоне не случилось ни одного сбоя',
  'storm.headline.unseen': (p) => `То, что должна показать эта лабораторная, не встретилось ни разу: ${p['name']}`,
  'storm.bound.pass': (p) =>
    `${of(p['runs'], RUNS)} (${drawn(p)}), всего ${of(p['executions'], EXECUTIONS)}. Шторм — выборка; что выполняется без исключений, говорит обычная проверка, перебирающая все планы до границы в ${of(p['bound'], FAULTS)}.`,
  'storm.bound.fail': (p) =>
    `Гарантия нарушена: ${of(p['failing'], RUNS)} из ${number(p['runs'])} (${drawn(p)}). Ниже первый из них, уменьшенный насколько возможно.`,
  'storm.faults': (p) => of(p['faults'], FAULTS),
  'storm.found': (p) => `Найдено при зерне ${p['seed']}: ${of(p['faults'], FAULTS)}, ${of(p['records'], RECORDS)}`,
  'storm.made-small': (p) =>
    `Уменьшено за ${of(p['attempts'], EXECUTIONS)}: ${of(p['faults'], FAULTS)}, ${of(p['records'], RECORDS)}`,
  'storm.fewest': () => 'С меньшим числом сбоев на этих записях такого не бывает: перебраны все планы.',
  'storm.coverage': () => 'Прогонов по сбоям',
  'storm.seen': () => 'Прогонов по аномалиям',
  'storm.allowed': () => 'допустимо',
};
