/**
 * What labs lack, in Russian: the names of things and the advice that stand in messages of the environment and the
 * database (`simulation/unavailable.ts`). What a program itself is told stays English, as under Node and PostgreSQL.
 */
import type { Unavailable } from '../../simulation/unavailable';

/** By the English words; `$1` is what they quote. Names of Node and SQL stand for themselves. */
const THINGS: readonly (readonly [RegExp, string])[] = [
  [/^the function (.+)$/, 'функция $1'],
  [/^the type (.*)$/, 'тип $1'],
  [/^(\w+) inside WITH$/i, '$1 внутри WITH'],
  [/^(\w+) after the columns$/, '$1 после столбцов'],
  [/^(\w+)\(\) of several values$/, '$1() от нескольких значений'],
  [/^LOCK TABLE in this mode$/, 'LOCK TABLE в таком режиме'],
  [/^LOCK TABLE in (.+) mode$/, 'LOCK TABLE в режиме $1'],
  [/^TRUNCATE of several tables$/, 'TRUNCATE нескольких таблиц'],
  [/^this form of CREATE TABLE$/, 'такая форма CREATE TABLE'],
  [/^this CAST$/, 'такой CAST'],
  [/^this use of ANY$/, 'такое употребление ANY'],
  [/^a dollar-quoted string$/, 'строка в знаках доллара'],
  [/^a deferred constraint$/, 'отложенное ограничение'],
  [/^a numbered column that is not the primary key$/, 'столбец с нумерацией, который не первичный ключ'],
  [/^a binary parameter$/, 'двоичный параметр'],
  [/^a list of columns after an alias$/, 'список столбцов после псевдонима'],
];

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^there are tables and indexes$/, 'есть таблицы и индексы'],
  [/^there are (.+)$/, 'есть $1'],
  [
    /^build a key from what the record brings, or take crypto\.randomUUID\(\)$/,
    'составьте ключ из того, что есть в записи, или возьмите crypto.randomUUID()',
  ],
  [/^code cannot be made from text$/, 'из текста код не сделать'],
  [/^it depends on the machine$/, 'это зависит от машины'],
  [/^only the program itself can be run$/, 'выполнять можно только саму программу'],
  [/^there is one thread$/, 'поток здесь один'],
  [/^when memory is freed depends on the machine$/, 'когда освобождается память, зависит от машины'],
  [/^the program is a module; it has no place on a disk$/, 'программа — модуль, места на диске у неё нет'],
  [/^write it between single quotes: 'text'$/, "напишите в одинарных кавычках: 'текст'"],
  [/^use SERIALIZABLE, or READ COMMITTED with locks$/, 'используйте SERIALIZABLE или READ COMMITTED с блокировками'],
  [/^use EXCLUSIVE MODE$/, 'используйте EXCLUSIVE MODE'],
  [/^write CREATE TABLE name \(columns\)$/, 'напишите CREATE TABLE имя (столбцы)'],
  [/^leave it out$/, 'уберите это'],
  [/^constraints are checked by each statement$/, 'ограничения проверяет каждый оператор'],
  [/^make it the PRIMARY KEY$/, 'сделайте его первичным ключом (PRIMARY KEY)'],
  [
    /^choose rows by a condition, so that each process has its own$/,
    'выбирайте строки по условию, чтобы у каждого процесса были свои',
  ],
  [/^compare lower\(a\) LIKE lower\(b\)$/, 'сравнивайте lower(a) LIKE lower(b)'],
  [/^compute the time in the program and pass it$/, 'вычислите время в программе и передайте его'],
  [/^name the columns: ON CONFLICT \(id\)$/, 'назовите столбцы: ON CONFLICT (id)'],
  [/^use a subquery: WHERE id IN \(SELECT …\)$/, 'используйте подзапрос: WHERE id IN (SELECT …)'],
  [/^write CAST\(value AS type\)$/, 'напишите CAST(значение AS тип)'],
  [/^write column = ANY\(\$1\) with an array as the parameter$/, 'напишите столбец = ANY($$1) и передайте массив'],
  [
    /^count in whole units, e\.g\. cents, in an INTEGER or BIGINT column$/,
    'считайте в целых единицах, например в копейках, в столбце INTEGER или BIGINT',
  ],
  [/^create the table and INSERT into it$/, 'создайте таблицу и вставляйте в неё'],
  [
    /^nothing here could end a recursion; loop in the program$/,
    'рекурсию здесь нечем остановить: сделайте цикл в программе',
  ],
  [/^send it as a statement of its own$/, 'отправьте отдельным оператором'],
  [/^truncate one after the other$/, 'очищайте их по очереди'],
  [
    /^use LOCK TABLE, or SELECT … FOR UPDATE where there is a row to lock$/,
    'возьмите LOCK TABLE или, если строка уже есть, SELECT … FOR UPDATE',
  ],
  [/^use the tables of the lab and those that you create$/, 'есть таблицы лабораторной и те, что создаст программа'],
  [/^name the columns in the subquery$/, 'назовите столбцы в подзапросе'],
  [/^use CASE$/, 'используйте CASE'],
  [/^pass text or a number$/, 'передайте строку или число'],
  [/^there is no planner to (ask|inform)$/, 'планировщика здесь нет'],
  [/^use INSERT$/, 'используйте INSERT'],
  [/^use INSERT … ON CONFLICT$/, 'используйте INSERT … ON CONFLICT'],
  [/^create the table as it has to be$/, 'сразу создайте таблицу такой, какой она нужна'],
  [/^there is one user$/, 'пользователь здесь один'],
  [/^messages come from Kafka here$/, 'сообщения здесь приходят из Kafka'],
  [/^write the program in TypeScript$/, 'напишите программу на TypeScript'],
  [/^there is nothing to clean$/, 'очищать здесь нечего'],
  [/^read the rows at once$/, 'прочитайте строки сразу'],
  [
    /^give the statement a name: client\.query\(\{ name, text, values \}\)$/,
    'дайте запросу имя: client.query({ name, text, values })',
  ],
  [
    /^the level of isolation is READ COMMITTED unless BEGIN asks for SERIALIZABLE; nothing else can be set$/,
    'уровень изоляции — READ COMMITTED, если BEGIN не просит SERIALIZABLE; других настроек нет',
  ],
];

function translated(text: string, table: readonly (readonly [RegExp, string])[]): string | null {
  for (const [english, russian] of table) {
    if (english.test(text)) return text.replace(english, russian);
  }
  return null;
}

/** @returns the name in Russian, or as it is when it is a name of Node or SQL */
export function missingThing(what: Unavailable['what']): string {
  return translated(what, THINGS) ?? what;
}

/** @returns null for advice that has no Russian yet */
export function missingAdvice(instead: Unavailable['instead']): string | null {
  return translated(instead, ADVICE);
}
