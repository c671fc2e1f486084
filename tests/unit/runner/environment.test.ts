import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HttpService, type HttpAnswer } from '../../../src/services/http-service';
import type { Endpoint, Request } from '../../../src/simulation/network';
import type { ServiceAnswer, ServiceRequest } from '../../../src/grader/lab';
import { run, type Run } from './run-program';

function output(source: string): string[] {
  return run(source).output;
}

function endOf({ world }: Run): unknown {
  return world.history.ends.at(-1);
}

describe('console', () => {
  it('shows values as Node does', () => {
    expect(
      output(`
      console.log('text', 1, -0, 10n, null, undefined, true, Symbol('s'));
      console.log({ a: 1, 'b-c': 'x', d: [1, 'two', { e: { f: { g: 1 } } }] }, [], {});
      console.log(new Map([['k', { v: 1 }]]), new Set([1, 'x']), [undefined, , 3].length);
      console.log(new TypeError('no'), Object.assign(new Error('m'), { code: 'E' }));
      console.log(() => 1, function named() {}, class A {}, new (class B { x = 1; })());
      console.log('%s is %d, %j%%', 'x', 42, { a: 1 }, 'rest');
      const o: any = { n: 1 }; o.self = o; console.log(o);
      console.log(Buffer.from('hi'), new Date(0), /x/g, Object.create(null));
      console.log({ get a() { throw new Error('never called'); } }, new Proxy({}, { ownKeys() { throw 1; } }));
      console.log("it's", ["it's"]);`),
    ).toEqual([
      'text 1 -0 10n null undefined true Symbol(s)',
      "{ a: 1, 'b-c': 'x', d: [ 1, 'two', { e: [Object] } ] } [] {}",
      "Map(1) { 'k' => { v: 1 } } Set(2) { 1, 'x' } 3",
      "TypeError: no Error: m { code: 'E' }",
      '[Function (anonymous)] [Function: named] [class A] B { x: 1 }',
      'x is 42, { a: 1 }% rest',
      '{ n: 1, self: [Circular *1] }',
      '<Buffer 68 69> 1970-01-01T00:00:00.000Z /x/g [Object: null prototype] {}',
      '{ a: [Getter] } [value that cannot be shown]',
      `it's [ "it's" ]`,
    ]);
  });
});

describe('time and chance', () => {
  it('are virtual and the same every time', () => {
    const source = `
      const start = Date.now(); console.log(new Date().toISOString(), Math.random(), crypto.randomUUID());
      setTimeout(() => console.log('timeout', Date.now() - start, performance.now()), 1500);
      const interval = setInterval(() => { console.log('interval'); clearInterval(interval); }, 100);
      setImmediate(() => console.log('immediate')); process.nextTick(() => console.log('tick')); queueMicrotask(() => console.log('micro'));
      setTimeout(() => console.log('never'), 10_000).unref();`;
    const lines = output(source);
    expect(lines[0]).toMatch(/^2026-01-01T00:00:00.000Z 0\.\d+ [0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(lines.slice(1)).toEqual(['tick', 'micro', 'immediate', 'interval', 'timeout 1500 1500']);
    expect(output(source)).toEqual(lines);
  });

  it('dates without a zone are UTC', () => {
    expect(
      output(
        `console.log(new Date('2026-03-01T12:00').toISOString(), new Date(2026, 2, 1).toISOString(), new Date('2026-03-01T12:00+03:00').toISOString());`,
      ),
    ).toEqual(['2026-03-01T12:00:00.000Z 2026-03-01T00:00:00.000Z 2026-03-01T09:00:00.000Z']);
  });
});

describe('process', () => {
  it('ends at exit, and nothing after it has an effect', () => {
    const ended = run(`console.log('before'); try { process.exit(3); } finally { console.log('after'); } `);
    expect(ended.output).toEqual(['before']);
    expect(endOf(ended)).toMatchObject({ how: 'exit', code: 3 });
  });

  it('ends with process.exitCode when nothing keeps it alive', () => {
    expect(endOf(run('process.exitCode = 4;'))).toMatchObject({ how: 'exit', code: 4 });
    expect(endOf(run('process.exitCode = 4; process.exitCode = undefined;'))).toMatchObject({ code: 0 });
    expect(endOf(run('process.exitCode = 4; process.exit();'))).toMatchObject({ code: 4 });
    expect(endOf(run('process.exitCode = 4; process.exit(0);'))).toMatchObject({ code: 0 });
  });

  it('ends with code 13 when top-level await never settles', () => {
    expect(endOf(run('await new Promise(() => {});'))).toMatchObject({ code: 13 });
  });

  it('hears of what it asks to hear of', () => {
    const { output: lines } = run(`
      process.on('unhandledRejection', (reason: Error) => console.log('rejection', reason.message));
      process.on('uncaughtException', (error: Error) => console.log('exception', error.message));
      void Promise.reject(new Error('a')); setTimeout(() => { throw new Error('b'); }, 5); setTimeout(() => console.log('alive'), 10);`);
    expect(lines).toEqual(['rejection a', 'exception b', 'alive']);
  });

  it('hear of rejections that their listener makes, as Node does', () => {
    expect(
      output(`
      let heard = 0;
      process.on('unhandledRejection', async (reason: Error) => { heard += 1; if (heard === 3) { console.log(reason.message, heard); return; } throw reason; });
      Promise.reject(new Error('a')); setTimeout(() => console.log('alive'), 5);`),
    ).toEqual(['a 3', 'alive']);
  });

  it('describes what was thrown, with its line', () => {
    expect(endOf(run('const a: any = null;\n\na.b();'))).toMatchObject({ error: { name: 'TypeError', line: 3 } });
    expect(endOf(run('\nthrow { any: "thing" };'))).toMatchObject({
      error: { name: 'non-error', message: "{ any: 'thing' }", line: 2 },
    });
  });
});

describe('node:crypto', () => {
  it('hashes as Node does', () => {
    const hash = (name: string): string =>
      createHash(name)
        .update('запись')
        .update(Buffer.from([0, 255]))
        .digest('hex');
    const names = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'SHA512'];
    expect(
      output(`
      import { createHash } from 'node:crypto';
      for (const name of ${JSON.stringify(names)})
        console.log(createHash(name).update('запись').update(Buffer.from([0, 255])).digest('hex'));`),
    ).toEqual(names.map(hash));
    expect(
      output(`
      import crypto from 'crypto';
      const one = crypto.createHash('sha1').update('6f72646572', 'hex'); const two = one.copy();
      console.log(one.digest('base64url'), two.digest().toString('base64'), crypto.createHmac('sha256', 'k').update('v').digest('hex'));
      for (const wrong of [() => one.digest(), () => one.update('x'), () => one.update(1), () => crypto.createHash('crc'),
        () => crypto.createHmac('crc', 'k'), () => crypto.createHmac('md5'), () => two.update('x'.repeat(2 ** 20 + 1))])
        try { wrong(); } catch (error) { console.log(error.code ?? error.message); }`),
    ).toEqual([
      `${createHash('sha1').update('order').digest('base64url')} ${createHash('sha1').update('order').digest('base64')} ` +
        createHmac('sha256', 'k').update('v').digest('hex'),
      'ERR_CRYPTO_HASH_FINALIZED',
      'ERR_CRYPTO_HASH_FINALIZED',
      'ERR_CRYPTO_HASH_FINALIZED',
      'Digest method not supported; here are md5, sha1, sha224, sha256, sha384, sha512',
      'ERR_CRYPTO_INVALID_DIGEST',
      'ERR_INVALID_ARG_TYPE',
      'ERR_CRYPTO_HASH_FINALIZED',
    ]);
  });
});

describe('node:timers/promises', () => {
  it('ticks for whoever goes over it, and loses no tick in the meantime', () => {
    expect(
      output(`
      import { setInterval, scheduler, setTimeout as wait } from 'node:timers/promises';
      let ticks = 0;
      for await (const value of setInterval(100, 'tick')) {
        console.log(value, performance.now());
        if (ticks++ === 0) await wait(250);
        if (ticks === 4) break;
      }
      await scheduler.wait(7); await scheduler.yield(); console.log(performance.now());
      const stop = new AbortController(); setTimeout(() => stop.abort(), 50);
      try { for await (const _ of setInterval(1000, null, { signal: stop.signal })); } catch (error) { console.log(error.name); }`),
    ).toEqual(['tick 100', 'tick 350', 'tick 350', 'tick 400', '407', 'AbortError']);
  });
});

describe('modules and globals', () => {
  it('carry what programs for Node use', () => {
    expect(
      output(`
      import { EventEmitter, once } from 'node:events'; import { setTimeout as wait } from 'node:timers/promises';
      import { promisify, format } from 'util'; import assert from 'node:assert'; import { randomUUID, randomInt } from 'crypto';
      class Bus extends EventEmitter { constructor() { super(); this.name = 'bus'; } declare name: string; }
      const bus = new Bus(); setTimeout(() => bus.emit('go', 1, 2), 5); console.log(await once(bus, 'go'), bus.name);
      await promisify(setTimeout)(10); console.log(await wait(5, 'value'), format('%s', 'f'), randomUUID().length, randomInt(1, 2));
      try { assert.deepStrictEqual({ a: [1] }, { a: [2] }); } catch (error) { console.log((error as Error).name); }
      console.log(structuredClone({ a: new Map([[1, new Date(0)]]) }), new URL('/p?q=1', 'http://h').href, new URLSearchParams({ a: 'b c' }).toString());
      console.log(new TextDecoder().decode(new TextEncoder().encode('привет')), atob(btoa('x')), Buffer.from('eA==', 'base64').toString());
      const c = new AbortController(); c.signal.addEventListener('abort', () => console.log('aborted', c.signal.reason.name)); c.abort();
      await wait(1000, null, { signal: AbortSignal.timeout(10) }).catch((error) => console.log(error.name));
      (globalThis as any).shared = 4; console.log((globalThis as any).shared, typeof window, typeof fetch);`),
    ).toEqual([
      '[ 1, 2 ] bus',
      'value f 36 1',
      'AssertionError',
      '{ a: Map(1) { 1 => 1970-01-01T00:00:00.000Z } } http://h/p?q=1 a=b+c',
      'привет x x',
      'aborted AbortError',
      'AbortError',
      '4 undefined function',
    ]);
  });

  it('let a program replace its own globals', () => {
    expect(
      output(
        `globalThis.fetch = (async () => 'mine') as never; console.log(await fetch('x')); console.log = ((x: string) => console.info('via', x)) as never; console.log('info');`,
      ),
    ).toEqual(['mine', 'via info']);
  });
});

describe('fetch', () => {
  function withService(source: string, meddle?: (request: Request<ServiceRequest, ServiceAnswer>) => void): Run {
    const handle = ({ method, path, body }: ServiceRequest): HttpAnswer =>
      path === '/none'
        ? { status: 404, body: 'nothing', applied: null }
        : { status: 201, body: JSON.stringify({ method, path, body }), applied: body };
    // The world is made by `run`; the service finds it by its first request.
    const endpoint: Endpoint<ServiceRequest, ServiceAnswer> = {
      receive: (request) => {
        meddle?.(request);
        new HttpService(request.sender.world, { name: 'shop', handle }).receive(request);
      },
    };
    return run(source, { services: new Map([['shop', endpoint]]) });
  }

  it('reaches the services of the lab', () => {
    const {
      output: lines,
      world,
      recorder,
    } = withService(`
      const r = await fetch('http://shop/orders?x=1', { method: 'post', body: '7', headers: { A: 'b' } });
      console.log(r.ok, r.status, r.statusText, r.headers.get('Content-Type'), await r.json());
      await r.text().catch((error) => console.log(error.name));
      const none = await fetch(new URL('http://shop/none')); console.log(none.ok, none.status, await none.text());`);
    expect(lines).toEqual([
      "true 201 Created application/json { method: 'POST', path: '/orders?x=1', body: '7' }",
      'TypeError',
      'false 404 nothing',
    ]);
    expect(world.history.effects).toEqual([{ record: '7', service: 'shop', incarnation: 1, isFabricated: true }]);
    const kinds = recorder.events.map(({ kind }) => kind).filter((kind) => kind !== 'console');
    expect(kinds).toEqual([
      'process-start',
      'request',
      'effect',
      'answer',
      'request',
      'service-refused',
      'answer',
      'process-exit',
    ]);
    expect(recorder.events.find(({ kind }) => kind === 'request')).toMatchObject({
      lane: 'program',
      peer: 'shop',
      line: 2,
      label: 'POST /orders?x=1',
    });
  });

  it('fails as in Node for what cannot be reached', () => {
    expect(
      output(`
      for (const url of ['http://nowhere/', 'ftp://shop/', '/path', 'undefined/orders']) await fetch(url).catch((e) => console.log(e.name, e.message, e.cause?.code));
      await fetch('http://shop/', { body: 'x' }).catch((e) => console.log(e.message));`),
    ).toEqual([
      'TypeError fetch failed ENOTFOUND',
      'TypeError fetch failed undefined',
      'TypeError Failed to parse URL from /path ERR_INVALID_URL',
      'TypeError Failed to parse URL from undefined/orders ERR_INVALID_URL',
      'Request with GET/HEAD method cannot have body.',
    ]);
  });

  it('loses an answer after the effect, and heeds an abort', () => {
    const lost = withService(
      `await fetch('http://shop/orders', { method: 'POST', body: '7' }).catch((e) => console.log(e.message, e.cause.code));`,
      (request) => {
        request.losesAnswer = true;
      },
    );
    expect(lost.output).toEqual(['fetch failed ECONNRESET']);
    expect(lost.world.history.effects).toHaveLength(1);
    const aborted = withService(`
      const c = new AbortController(); const p = fetch('http://shop/orders', { method: 'POST', body: '7', signal: c.signal }); c.abort();
      await p.catch((e) => console.log(e.name)); await fetch('http://shop/', { signal: AbortSignal.abort('why') }).catch((e) => console.log(e));`);
    expect(aborted.output).toEqual(['AbortError', 'why']);
  });
});
