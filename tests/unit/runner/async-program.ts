/** Random programs of awaits, thens, tries, loops and generators; each statement logs under a number of its own. */
import fc from 'fast-check';

type Counter = { count: number };
type Writer = (counter: Counter, depth: number) => string;

const value: fc.Arbitrary<Writer> = fc.constantFrom<Writer>(
  (c) => `${c.count++}`,
  () => 'null',
  (c) => `Promise.resolve(${c.count++})`,
  (c) => `Promise.reject(new Error('r${c.count++}'))`,
  (c) => `(async () => { log(${c.count}); await null; return ${c.count++}; })()`,
  (c) => `(async () => Promise.resolve(${c.count++}))()`,
  (c) => `({ then(yes) { log('then${c.count}'); yes(${c.count++}); } })`,
  (c) => `new Promise((yes, no) => { yes(Promise.resolve(${c.count})); no(${c.count++}); })`,
  (c) => `Promise.all([${c.count++}, Promise.resolve(1), (async () => { await null; return 2; })()])`,
  (c) => `Promise.race([(async () => { await null; return 'slow${c.count}'; })(), Promise.resolve(${c.count++})])`,
  (c) =>
    `Promise.allSettled([Promise.reject(1), (async () => { throw ${c.count++}; })()]).then((r) => JSON.stringify(r))`,
  (c) => `Promise.any([Promise.reject(1), Promise.resolve().then(() => ${c.count++})])`,
);

const { statement } = fc.letrec<{ statement: Writer; block: Writer }>((tie) => ({
  block: fc
    .array(tie('statement'), { minLength: 1, maxLength: 4 })
    .map((statements) => (counter, depth) => statements.map((write) => write(counter, depth)).join('\n')),
  statement: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    value.map<Writer>((v) => (c, d) => `log(String(await ${v(c, d)}).slice(0, 40));`),
    value.map<Writer>((v) => (c, d) => `spawn(${v(c, d)});`),
    value.map<Writer>(
      (v) => (c, d) =>
        `void Promise.resolve(${v(c, d)}).then((x) => { log('t' + x); return ${v(c, d)}; }).then(log, (e) => log('e' + e.message));`,
    ),
    value.map<Writer>(
      (v) => (c, d) =>
        `void Promise.resolve(${v(c, d)}).finally(() => { log(${c.count++}); return ${v(c, d)}; }).then(log, (e) => log('e' + e.message));`,
    ),
    fc.constant<Writer>((c) => `log(${c.count++});`),
    tie('block').map<Writer>((b) => (c, d) => `spawn((async () => {\n${b(c, d + 1)}\n})());`),
    tie('block').map<Writer>(
      (b) => (c, d) =>
        `try {\n${b(c, d + 1)}\n} catch (e) { log('c' + e.message); await null; } finally { log(${c.count++}); }`,
    ),
    tie('block').map<Writer>((b) => (c, d) => `for (let i${d} = 0; i${d} < 2; i${d}++) {\n${b(c, d + 1)}\n}`),
    fc.tuple(tie('block'), value).map<Writer>(
      ([b, v]) =>
        (c, d) =>
          `for await (const x of (async function* () {\n${b(c, d + 1)}\nyield ${v(c, d)}; yield 2; })()) { log('x' + x); if (${c.count} % 2) break; }`,
    ),
    tie('block').map<Writer>(
      (b) => (c, d) => `for await (const x of [${c.count++}, Promise.resolve(1)]) {\n log(x); ${b(c, d + 1)}\n}`,
    ),
    fc.tuple(tie('block'), value).map<Writer>(
      ([b, v]) =>
        (c, d) =>
          `log(String(await (async () => {\n${b(c, d + 1)}\nreturn ${v(c, d)}; })()));`,
    ),
    fc.constant<Writer>((c) => `throw new Error('t${c.count++}');`),
  ),
}));

export const asyncProgram: fc.Arbitrary<string> = fc
  .array(statement, { minLength: 1, maxLength: 6 })
  .map((statements) => {
    const counter = { count: 0 };
    const body = statements.map((write) => write(counter, 0)).join('\n');
    // Every promise gets a handler, so that nothing ends the process but the program's own end.
    return `const log = (x) => console.log(String(x));
const spawn = (p) => { Promise.resolve(p).then((x) => log('s' + x), (e) => log('se' + e.message)); };
try {
${body}
} catch (e) { log('top ' + e.message); }`;
  });
