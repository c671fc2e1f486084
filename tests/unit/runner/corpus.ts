/** Programs whose log depends on the order of promise jobs or on what the compiler has to carry over. */
export const CORPUS: Readonly<Record<string, string>> = {
  'await, then and async return of promises': `
    const log = (x) => console.log(x);
    async function a() { log('a1'); await null; log('a2'); await 1; log('a3'); return Promise.resolve('a'); }
    async function b() { log('b1'); await Promise.resolve(); log('b2'); return 'b'; }
    a().then(log); b().then(log);
    Promise.resolve().then(() => log('t1')).then(() => log('t2')).then(() => log('t3')).then(() => log('t4')).then(() => log('t5'));
    await a(); log('end');`,
  thenables: `
    const thenable = { then(resolve) { console.log('then called'); resolve(7); } };
    const first = (async () => console.log(await thenable))();
    Promise.resolve(1).then(() => thenable).then(console.log);
    Promise.resolve().then(() => console.log('m1')).then(() => console.log('m2')).then(() => console.log('m3'));
    await first;
    await { then(_, reject) { reject(new Error('no')); reject(1); } }.then ? 0 : 1;
    try { await { then(_, reject) { reject(new Error('no')); } }; } catch (e) { console.log(e.message); }
    try { await { get then() { throw new Error('getter'); } }; } catch (e) { console.log(e.message); }`,
  'try, catch, finally and return in finally': `
    async function f(n) {
      try { console.log('try ' + n); if (n === 1) throw new Error('one'); if (n === 2) return await g(); return 'end'; }
      catch (e) { console.log('caught ' + e.message); return 'caught'; }
      finally { await null; console.log('finally ' + n); if (n === 3) return 'from finally'; }
    }
    async function g() { await null; throw new Error('g'); }
    for (let i = 0; i < 5; i++) console.log(await f(i));`,
  combinators: `
    const wait = (n, v) => { let p = Promise.resolve(); for (let i = 0; i < n; i++) p = p.then(() => {}); return p.then(() => { if (v < 0) throw new Error('e' + v); return v; }); };
    Promise.all([wait(3, 1), 2, wait(1, 3)]).then((r) => console.log('all ' + r));
    Promise.all([wait(3, -1), wait(1, -3)]).catch((e) => console.log('all ' + e.message));
    Promise.allSettled([wait(2, -1), 5]).then((r) => console.log(JSON.stringify(r.map((x) => x.status))));
    const race = Promise.race([wait(2, 'x'), wait(1, 'y')]); race.then((r) => console.log('race ' + r));
    Promise.any([wait(2, -1), wait(4, 9)]).then((r) => console.log('any ' + r));
    Promise.any([wait(2, -1), wait(1, -2)]).catch((e) => console.log(e.constructor.name + e.errors.map((x) => x.message)));
    Promise.resolve(1).finally(() => wait(2, 0)).then((v) => console.log('finally ' + v));
    Promise.reject(new Error('r')).finally(() => { throw new Error('f'); }).catch((e) => console.log(e.message));
    Promise.all([]).then((r) => console.log('empty ' + r.length));
    await wait(12, 0); console.log('race again ' + await race);`,
  'for await over sync, async, promises': `
    async function* gen() { try { yield 1; yield Promise.resolve(2); yield 3; } finally { console.log('closed'); await null; console.log('closed 2'); } }
    for await (const x of gen()) console.log(x);
    for await (const x of gen()) { console.log(x); if (x === 2) break; }
    try { for await (const x of gen()) { throw new Error('body'); } } catch (e) { console.log(e.message); }
    for await (const x of [Promise.resolve('p'), 'q']) console.log(x);
    outer: for (const y of [1, 2]) { for await (const x of gen()) { if (x === 2) continue outer; console.log(y + ':' + x); } }
    label: for await (const x of gen()) { for (const y of [1]) { if (x === 1) continue label; console.log('l' + x); break label; } }
    async function f() { for await (const { a = 5, ...rest } of [{ b: 1 }, { a: 2 }]) { console.log(a + JSON.stringify(rest)); if (a === 2) return 'r'; } }
    console.log(await f());
    let target; for await (target of [1, 2]); console.log(target);
    const closing = { [Symbol.asyncIterator]() { return { next: async () => ({ value: 1, done: false }), return: async () => { console.log('return'); return {}; } }; } };
    for await (const x of closing) { console.log(x); break; }
    const failing = { [Symbol.asyncIterator]() { return { next: async () => { throw new Error('next'); }, return: async () => { console.log('never'); return {}; } }; } };
    try { for await (const x of failing); } catch (e) { console.log(e.message); }
    const bad = { [Symbol.asyncIterator]() { return { next: async () => 5 }; } };
    try { for await (const x of bad); } catch (e) { console.log(e.constructor.name); }
    try { for await (const x of 5); } catch (e) { console.log(e.constructor.name); }
    const badReturn = { [Symbol.asyncIterator]() { return { next: async () => ({ value: 1 }), return: async () => 5 }; } };
    try { for await (const x of badReturn) break; } catch (e) { console.log(e.constructor.name); }
    try { for await (const x of badReturn) throw new Error('mine'); } catch (e) { console.log(e.message); }
    const g2 = (async function* () { try { yield 1 } catch (e) { console.log('in ' + e) } })();
    for await (const x of { [Symbol.asyncIterator]: () => g2 }) console.log('g2 ' + x);`,
  'async generators by hand': `
    async function* gen() { let got; try { got = yield 'a'; console.log('got ' + got); got = yield await Promise.resolve('b'); console.log('got ' + got); return Promise.resolve('r'); } catch (e) { console.log('caught ' + e); yield 'c'; } finally { console.log('f'); } }
    const show = (r) => console.log(JSON.stringify(r));
    let g = gen(); show(await g.next()); show(await g.next(1)); show(await g.next(2)); show(await g.next(3));
    g = gen(); await g.next(); show(await g.throw('x')); show(await g.next());
    g = gen(); await g.next(); show(await g.return(Promise.resolve('ret'))); show(await g.next());
    g = gen(); show(await g.return('early')); show(await g.next());
    g = gen(); g.throw('t').catch((e) => console.log('rejected ' + e)); show(await g.next());
    g = gen(); const all = [g.next(1), g.next(2), g.next(3), g.next(4)].map((p, i) => p.then((r) => console.log(i + JSON.stringify(r)))); await Promise.all(all);
    async function* f() { try { return await Promise.reject(new Error('inner')); } catch (e) { return Promise.reject(new Error('outer ' + e.message)); } }
    try { await f().next(); } catch (e) { console.log(e.message); }
    async function* h() { try { yield Promise.reject(new Error('y')); } catch (e) { console.log('h ' + e.message); yield 1; } }
    show(await h().next());
    function tick(n) { let p = Promise.resolve(); for (let i = 0; i < n; i++) p = p.then(() => console.log('tick' + i)); return p; }
    const t = tick(12); for await (const x of (async function* () { yield 1; yield 2; return 3; })()) console.log('x' + x); await t;`,
  'yield* in async generators': `
    const show = (r) => console.log(JSON.stringify(r));
    async function* inner() { try { const a = yield 1; console.log('inner ' + a); yield 2; return 'ri'; } catch (e) { console.log('ic ' + e); yield 'after'; return 'rc'; } finally { console.log('if'); } }
    async function* outer() { try { const r = yield* inner(); console.log('r ' + r); yield* [10, Promise.resolve(11)]; return 'ro'; } finally { console.log('of'); } }
    for await (const x of outer()) console.log(x);
    let g = outer(); show(await g.next()); show(await g.next('n')); show(await g.return('q')); show(await g.next());
    g = outer(); await g.next(); show(await g.throw('t')); show(await g.next()); show(await g.next());`,
  classes: `
    class Base { static tag = 'base'; name = 'b'; async hello(x) { await null; return 'hello ' + x + this.name; } get prop() { return 'prop'; } static async make() { await null; return new this(); } }
    class Derived extends Base {
      #secret = 5; name = 'd'; counter = 0
      static #count = 0
      async hello(x, y = this.name) { const before = await super.hello(x); return before + y + this.#secret + super.prop + super['prop']; }
      static async make() { Derived.#count++; const made = await super.make(); return [made, Derived.#count]; }
      arrow = async () => { await null; return this.name; }
      async *items() { yield this.#secret; yield* [1, 2]; }
      async ['com' + 'puted']() { return 'computed'; }
      async #private() { await null; return this.#secret++; }
      async callPrivate() { await this.#private(); return this.#private(); }
      async setSuper() { super.value = 3; const f = () => super.prop; const g = async () => super.prop; return this.value + f() + await g(); }
      get value2() { return (async () => { await null; return this.name + super.prop; })(); }
      static { this.late = async () => this.tag; }
    }
    const [d, count] = await Derived.make(); console.log(count + d.constructor.name);
    console.log(await d.hello('x')); console.log(await d.arrow()); console.log(await d.computed()); console.log(await d.callPrivate());
    for await (const i of d.items()) console.log(i);
    console.log(await d.setSuper()); console.log(await d.value2); console.log(await Derived.late());
    const o = { __proto__: { m() { return 'proto'; } }, async m() { await null; return super.m() + this.x; }, x: 1, async *g() { yield super.m(); }, async 'quoted name'() { return 1; }, async 42() { return 42; }, async async() { return 'async'; }, get: async () => 1, async get() { return 'get'; } };
    console.log(await o.m()); console.log(JSON.stringify(await o.g().next())); console.log(await o['quoted name']() + await o[42]()); console.log(await o.async() + await o.get());`,
  'arguments and this': `
    async function f() { await null; return arguments.length + ':' + [...arguments]; }
    console.log(await f(1, 2, 3));
    function outer() { return async (x) => { await null; return arguments[0] + x + (await (async () => arguments[1])()); }; }
    console.log(await outer('a', 'b')('c'));
    const o = { n: 4, async m() { return (async () => { await null; return (() => this.n)(); })(); } };
    console.log(await o.m());
    console.log(typeof await (async () => this)());
    console.log(await (async function () { return this === undefined; })());`,
  parameters: `
    async function f(a = (() => { throw new Error('default'); })()) { return a; }
    try { const p = f(); console.log('sync ok'); await p; } catch (e) { console.log(e.message); }
    const g = async ({ a, b: [c, d = 4] }, ...rest) => [a, c, d, rest.length].join();
    console.log(await g({ a: 1, b: [2] }, 5, 6));
    try { await g(null).catch((e) => { console.log(e.constructor.name); }); } catch (e) { console.log('sync'); }
    console.log(await (async x => x)(3)); console.log(await (async (x) => ({ x }))(3).then((v) => v.x));`,
  'no semicolons': `
    const a = 1
    await null
    const b = a
    ;[1, 2].forEach((x) => console.log(x))
    if (a) await null
    else await 1
    for (let i = 0; i < 2; i++) await console.log(i)
    do await console.log('do')
    while (false)
    const c = async () => { await null
      await console.log('in')
      return 1 }
    await c()
    class A { x = 1
      async m() { return this.x }
      get = 5
      async n() { return this.get }
      static async = 3
      async [Symbol.toPrimitive]() { return 1 } }
    console.log(await new A().m() + await new A().n() + A.async)
    switch (a) { case 1:
      await null
      console.log('case')
      await null }`,
  expressions: `
    const one = async () => 1, obj = { async f() { return { g: async (x) => x * 2 }; }, n: null };
    console.log((await one()) + (await one()) * 3 - -await one());
    console.log(await (await obj.f()).g(21)); console.log(await obj.n?.f(await one())); console.log(await obj?.f?.() !== undefined);
    console.log(\`\${await one()} and \${await (async () => 'x')()}\`); console.log([await one(), ...await (async () => [2, 3])()].join());
    console.log(await one() ? 'yes' : 'no'); let x = 1; x += await one(); console.log(x); x **= await one() + 1; console.log(x);
    console.log(((a, b) => a + b)(...[1, 2])); console.log(Math.max(...[1, 5], 3)); console.log(new (class { constructor(...a) { this.a = a; } })(1, ...[2]).a.join());
    console.log((1, await one(), 7)); console.log(typeof await one()); console.log(await (0, one)()); const { a = await one() } = {}; console.log(a);
    const tag = (s, ...v) => s.raw.join('|') + v; console.log(tag\`a\${await one()}b\`); console.log(!await one()); void await one();
    console.log(new Date(0).getTime()); console.log([3, 1, 2].sort((p, q) => p - q).join());
    var { length } = 'abc'; console.log(length); console.log((() => { try { return undefinedName; } catch (e) { return e.name + e.message; } })()); console.log(typeof undefinedName);`,
  'what costs by its length': `
  const show = (...values) => console.log(values.map(String).join(' '));
  const long = Array.from({ length: 100 }, (_, i) => i); const text = 'x'.repeat(200);
  const a = { n: null, f(...x) { return { self: this === a, x, g: () => this === a, list: long }; }, K: class { v = 1; static make() { return new this(); } } };
  show(a?.f(1).self, a.n?.f(1).self.deep.er, a?.['f']?.(...[1, 2], ...long.slice(0, 2)).x.length, (a?.f)(1).self, a.missing?.(), a?.f(1)?.g?.());
  show(delete a?.nothing, typeof a?.f, new a.K().v, new (a.K)().v, a.K.make().v, new a.K, [...text, ...long].length, Math.max(...long, ...[500]));
  show((text + text).slice(-3), (1, text).slice(0, 2), text.split('').map((c) => c).filter(Boolean).length, { ...long, ...a }.K === a.K, \`\${text.trim()}\`.length);
  const { length } = long.concat(long); const [first, ...rest] = long.reverse(); show(length, first, rest.length, 1..toFixed(1), (-1).toString());
  class B extends a.K { m() { return super.constructor.name + this.#p(); } #p() { return [...[1]].join(); } } show(new B().m(), (() => long)()[3], (await (async () => long)()).length);
  for (const x of long.slice(0, 2).values()) show(x); label: for (const k in { ...{ a: 1 } }) { show(k); continue label; }
  const tag = (s, ...v) => s.raw.join() + v.length; show(tag\`a\${long.at(0)}b\`, ((f) => f)(tag)\`c\`);
  let sum = 1 + 2 + long[3] * 2; sum += 1 + +'2'; let words = ''; words += 'a' + sum + (words += 'b') + \`\${words}c\${1 + 1}\`; show(sum, words, -(1 + 2), 2 * (1 + 2) + 'x', typeof (1 + ''), ...(sum + words));
  const box = { n: 1, get t() { return 'g'; } }; show(box.n += 2, box['n'] += box.t + 1, [1] + [2], 1n + 2n, (await 1) + (await 2));`,
  'errors and rejections': `
    async function thrower() { throw new TypeError('t'); }
    await thrower().catch((e) => console.log(e.name)); await Promise.reject(1).catch((v) => console.log(v));
    const p = Promise.reject(new Error('late')); p.catch(() => console.log('handled')); await null;
    await new Promise((resolve, reject) => { resolve(1); reject(2); resolve(3); }).then(console.log);
    await new Promise(() => { throw new Error('executor'); }).catch((e) => console.log(e.message));
    const self = Promise.resolve().then(() => self); await self.catch((e) => console.log(e.constructor.name));
    class Sub extends Promise { static get [Symbol.species]() { return Sub; } } console.log(new Sub((r) => r(1)).then(() => 1) instanceof Sub);
    console.log(Promise.resolve(Promise.resolve(1)) instanceof Promise); console.log(await new Sub((r) => r(5)));
    await Promise.all([1, Promise.reject(new Error('in all'))]).catch((e) => console.log(e.message));
    throw new Error('top');`,
  'loops and closures': `
    const fs = []; for (let i = 0; i < 3; i++) { await null; fs.push(() => i); } console.log(fs.map((f) => f()).join());
    const gs = []; for (const k in { a: 1, b: 2 }) { gs.push(async () => k); } for (const g of gs) console.log(await g());
    let n = 0; while (n < 3) n++; do { n--; } while (n > 0); console.log(n);
    a: for (let i = 0; i < 3; i++) { b: for (;;) { await null; if (i === 1) continue a; if (i === 2) break a; break b; } console.log(i); }
    function* sync() { const x = yield 1; console.log(x); yield* [2, 3]; } const it = sync(); it.next(); it.next('sent'); console.log([...sync()].length);
    async function fact(k) { return k <= 1 ? 1 : k * await fact(k - 1); } console.log(await fact(10)); console.log(hoisted()); function hoisted() { return 'up'; }`,
};
