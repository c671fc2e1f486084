/** Strangers' programs in the Node host: each is held, and its verdict names what, where and the remedy. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/runner/node/host';
import { renderText } from '../../src/grader/texts';
import { isBeyondLabs } from '../../src/grader/verdict';
import lab from '../../labs/first-run/lab';
import { consumerWith, ESCAPES, HOSTILE } from './programs';

const host = createNodeHost();
/** For programs that only the watchdog ends. */
const impatientHost = createNodeHost({ watchdogMs: 3000 });
const SECRET = 'canary-7d1f';
let folder: string;
let server: Server;
let hits = 0;
let spawned: ChildProcess;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  writeFileSync(path.join(folder, 'secret.txt'), SECRET);
  process.env['HOSTILE_CANARY'] = SECRET;
  server = createServer((_request, response) => {
    hits += 1;
    response.end(SECRET);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  spawned = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
});

afterAll(() => {
  server.close();
  spawned.kill();
  rmSync(folder, { recursive: true });
  delete process.env['HOSTILE_CANARY'];
});

describe('a verdict says what is wrong with', () => {
  for (const { name, source, kind, line, column, message, isSlow } of HOSTILE) {
    it(name, async () => {
      const { verdict } = await (isSlow ? impatientHost : host).grade({ lab: 'first-run', source });
      expect(verdict.diagnosis).toMatchObject({
        kind,
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
      });
      expect(verdict.status).toBe(isBeyondLabs(verdict.diagnosis) ? 'inconclusive' : 'fail');
      if (message !== undefined) expect(verdict.diagnosis!.message).toMatch(message);
      expect(verdict.diagnosis!.message.length).toBeLessThan(3000);
      for (const text of [verdict.headline, ...verdict.why]) {
        expect(renderText(text, 'en', lab.words.en)).not.toBe('');
        expect(renderText(text, 'ru', lab.words.ru)).not.toBe('');
      }
    });
  }
});

describe('nothing is reached by', () => {
  for (const [name, source] of Object.entries(ESCAPES)) {
    it(name, async () => {
      const { port } = server.address() as AddressInfo;
      const { verdict } = await host.grade({
        lab: 'first-run',
        source: source.replaceAll('CANARY_PORT', String(port)),
      });
      expect(verdict.diagnosis?.message).toBe('Error: held');
    });
  }

  it('and the canaries are as they were', () => {
    expect(hits).toBe(0);
    expect(existsSync(path.join(folder, 'secret.txt'))).toBe(true);
    expect(spawned.exitCode).toBeNull();
    expect(spawned.signalCode).toBeNull();
  });
});

describe('the child process itself', () => {
  it('has no rights to files, processes and workers, and an empty environment', async () => {
    const { childProbe } = await import('./child-probe');
    const report = await childProbe(path.join(folder, 'secret.txt'));
    expect(report).toEqual({
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      spawn: 'ERR_ACCESS_DENIED',
      worker: 'ERR_ACCESS_DENIED',
      env: [],
    });
  });
});

describe('one incarnation leaves nothing for the next', () => {
  it('memory on shared objects does not help against a restart', async () => {
    const source =
      consumerWith(`  const places: any[] = [Object.prototype, Array, Promise, Promise.prototype, Date, Math, JSON, fetch, console.log, setTimeout, URL, Buffer, KafkaJS,
    KafkaJS.Kafka, KafkaJS.Kafka.prototype, Object.getPrototypeOf(kafka), Object.getPrototypeOf(consumer), Error, RegExp, crypto, process.nextTick];
  for (const place of places) { try { place.seen = (place.seen ?? 0) + 1; } catch {} try { Object.defineProperty(place, 'seen2', { value: 1 }); } catch {} }
  const left = places.filter((place) => place.seen || place.seen2).map(String);
  if (left.length > 0) throw new Error('kept: ' + left.join());
  await fetch(process.env.STORE_URL + '/readings', { method: 'POST', body: String(message.value) });`);
    const { verdict } = await host.grade({ lab: 'first-run', source });
    expect(verdict.diagnosis).toBeNull();
    expect(verdict.status).toBe('pass');
  });
});
