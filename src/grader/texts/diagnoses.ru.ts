/**
 * What is wrong with a program, in Russian: the messages of ours, by their English words. What Node, TypeScript and the
 * program itself say stays English, as it would be read there.
 */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^a promise that the program waits for is never settled$/, 'программа ждёт промис, который никто не завершит'],
  [/^The search took longer than (\d+) minutes\.$/, 'Проверка идёт дольше, чем отведено (минут: $1).'],
  [/^For (\d+) s there was no sign of life\.$/, 'За $1 с программа не подала признаков жизни.'],
  [/^The memory was used up\.$/, 'Память исчерпана.'],
  [/^exit code (-?\d+)$/, 'код завершения $1'],
  [/^non-error: ([^]*)$/, 'брошено: $1'],
  [
    /^(.*Cannot find module '[^']*'): this client is not available here yet; (\S+) has the same interface\. Available here: (.*) and, of Node's own modules, (.*)$/,
    '$1: этого клиента здесь пока нет, интерфейс тот же у $2. Здесь есть $3, а из модулей Node — $4',
  ],
  [
    /^(.*Cannot find module '[^']*'\.) Available here: (.*) and, of Node's own modules, (.*)$/,
    '$1 Здесь есть $2, а из модулей Node — $3',
  ],
  [/^(.*The module '[^']*' does not provide an export named '[^']*'\.) Available here: (.*)$/, '$1 Здесь есть $2'],
  [/^the program is nested too deeply$/, 'слишком глубокая вложенность'],
  [
    /^the file has (\d+) characters; (\d+) is the most that is run here$/,
    'символов в файле: $1, а здесь выполняется не больше $2',
  ],
  [/^decorators are not available here$/, 'декораторов здесь нет'],
  [/^import\.meta is not available here$/, 'import.meta здесь нет'],
  [
    /^await is only valid in async functions and at the top level of the file$/,
    'await допустим только в асинхронных функциях и на верхнем уровне файла',
  ],
  [/^super\(…\) in an async function is not available here$/, 'super(…) в асинхронной функции здесь не работает'],
  [
    /^an optional call on super in an async function is not available here$/,
    'опциональный вызов через super в асинхронной функции здесь не работает',
  ],
  [
    /^new\.target in an async arrow function is not available here$/,
    'new.target в асинхронной стрелочной функции здесь не работает',
  ],
  [/^this use of super is not available here$/, 'такое употребление super здесь не работает'],
  [
    /^in an async function, assign to a property of super with = only$/,
    'в асинхронной функции свойству super можно присваивать только через =',
  ],
  [
    /^(.+) declarations are not available here: Node 20 does not know them$/,
    'объявлений $1 здесь нет: Node 20 их не знает',
  ],
  [/^names that begin with (\S+) are reserved$/, 'имена, которые начинаются с $1, зарезервированы'],
];

/** @returns the message as it is where it is not one of ours */
export function diagnosisRu(message: string): string {
  const known = MESSAGES.find(([english]) => english.test(message));
  return known === undefined ? message : message.replace(...known);
}
