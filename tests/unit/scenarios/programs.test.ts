/** Programs that run by themselves on the model: `write`, `mode=work`, and requests that get lost. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/scenarios/language/parse-scenario';
import { runScenario } from '../../../src/scenarios/language/run-scenario';
import type { ClientLetter } from '../../../src/scenarios/language/scenario';
import { modelOnlyPart } from '../../../src/scenarios/language/model-only';
import { ModelDriver } from '../../../src/scenarios/model/driver';
import { Pauses } from '../../../src/scenarios/model/pauses';

const HEADER = 'row: T-1\ntitle: a test\nrules: ACK-1\nbrokers: 1\nby: C J\n\n';

/** What each block printed. */
async function played(letter: ClientLetter, body: string): Promise<readonly (readonly string[] | null)[]> {
  const outcome = await runScenario(parseScenario('t/t', HEADER + body), letter, new ModelDriver());
  if (outcome.status === 'not run') throw new Error(outcome.reason);
  if (outcome.status === 'failed' && outcome.observed.includes(null)) throw new Error(outcome.difference);
  return outcome.observed;
}

describe.each(['C', 'J'] as const)('with client %s', (letter) => {
  it('write spreads values over the partitions and says how many were sent', async () => {
    const [, ...printed] = await played(
      letter,
      'topic t partitions=2\nproducer p\n\nwrite p t r 5 pace=10ms\n\nlog t/0\n\nlog t/1\n',
    );
    expect(printed).toEqual([['sent 5'], ['0:r1 1:r3 2:r5'], ['0:r2 1:r4']]);
  });

  it('write ends transactions, and aborts every second one (TXN-8)', async () => {
    const [, ...printed] = await played(
      letter,
      'topic t\nproducer p tid=x\n\nwrite p t r 4 transaction=2 abort-every=2\n\nread rc t/0\n\nvalues t/0\n',
    );
    expect(printed).toEqual([['sent 4'], ['0:r1 1:r2'], ['r1 r2 r3 r4']]);
  });

  it('write goes on behind what the program before it saw acknowledged (RTY-1)', async () => {
    const body =
      'topic t\nproducer p plain\nasync p: write p t r 5 pace=100ms\nadvance 150ms\ndrop-response p Produce times=9\n' +
      'advance 100ms\nkill p\nproducer p-2 plain\nwrite p-2 t r 5 after=p\n\nvalues t/0\n';
    const printed = await played(letter, body);
    expect(printed.at(-1)?.[0]).toMatch(/^r1 r2( r3)+ r3 r4 r5$/);
  });

  it('a request that is lost was never taken; without retries the record is lost (RTY-2)', async () => {
    const body =
      'topic t\nproducer p plain retries=0\ndrop-request p Produce\nadvance 10ms\n\nwrite p t r 3\n\nvalues t/0\n';
    const [, failed, values] = await played(letter, body);
    expect(failed).toHaveLength(2);
    expect(failed?.[0]).toMatch(/^r1 error /);
    expect(values).toEqual(['r2 r3']);
  });

  it('a request that is late arrives behind its own repetition (RTY-5)', async () => {
    const body =
      'topic t\nproducer p plain request-timeout=500ms\ndelay-request p Produce\nadvance 10ms\n\n' +
      'write p t r 2 pace=100ms\n\nadvance 20s\n\nvalues t/0\n';
    const [, written, , values] = await played(letter, body);
    expect(written).toEqual(['sent 2']);
    expect(values).toEqual(['r1 r2 r1']);
  });

  it('what is cut off sends nothing and gets nothing, until that is over (RTY-4)', async () => {
    const body =
      'topic t\nproducer p\ncut p 1\nasync w: write p t r 3 pace=10ms\nadvance 900ms\n\nvalues t/0\n\n' +
      'heal p 1\nadvance 30s\n\nvalues t/0\n\nawait w\n';
    const [, cut, , healed, written] = await played(letter, body);
    expect([cut, healed, written]).toEqual([['nothing'], ['r1 r2 r3'], ['sent 3']]);
  });

  it.each([
    ['tid=x', 'r1 r2 r3 r4', '4'],
    ['', 'r1 r2 r3 r1 r2 r3 r4', 'none'],
  ])(
    'results of mode=work with a producer %s, whose process crashes and is replaced (TXN-1, OFS-1)',
    async (tid, whole, next) => {
      const consumer = `mode=work work=20ms into=out by=o auto-commit=off from=earliest`;
      const body =
        'topic t\ntopic out\nproduce t/0 r1 r2 r3 r4\n' +
        `producer o ${tid} in=c\nasync c: consumer c g t ${consumer}\nwait-until values out/0 = r1 r2 r3\nkill c\n` +
        `producer o-2 ${tid} in=c-2\nasync c2: consumer c-2 g t ${consumer.replace('by=o', 'by=o-2')}\n` +
        'advance 60s\n\nread rc out/0\n\ncommitted g t/0\n';
      const [, read, offset] = await played(letter, body);
      expect(read?.[0]?.replace(/\d+:/g, '')).toBe(whole);
      expect(offset).toEqual([next]);
    },
  );

  it('write does not begin with a producer that cannot be connected (CLI-41)', async () => {
    if (letter === 'J') return;
    const body = 'topic t\nasync c: producer p idempotent acks=1\n\nwrite p t r 3\n\nawait c\n\nvalues t/0\n';
    const [, ...printed] = await played(letter, body);
    expect(printed).toEqual([
      [expect.stringMatching(/^connect error .*`acks` must be set to `all`/), 'sent 0'],
      [expect.stringMatching(/^error .*`acks`/)],
      ['nothing'],
    ]);
  });

  it.each([
    ['after', 'r1 r2 r3 r4'],
    ['before', 'r1 r2 r4'],
  ])('a crash in the middle of r3 with commits=%s (CON-3)', async (commits, whole) => {
    const consumer = `mode=work work=200ms commits=${commits} auto-commit=off from=earliest poll-records=1`;
    const body =
      `topic t\nproducer p plain\nconsumer c g t ${consumer}\nwait-until assigned c = t/0\nwrite p t r 4\n` +
      'wait-until processed c = r1 r2\nadvance 100ms\n\nkill c\nadvance 1s\nprocessed c\n\n' +
      `consumer c-2 g t ${consumer}\nadvance 60s\nprocessed c-2\n`;
    const printed = await played(letter, body);
    // With commits behind the work the record at hand is done by the next member, with commits before it by nobody.
    expect([...(printed[1] ?? []), ...(printed[2] ?? [])].join(' ')).toBe(whole);
  });
});

describe('pauses', () => {
  it('are exact without a seed, and the same for the same seed', () => {
    const draw = (seed: number): number[] => {
      const pauses = new Pauses(seed);
      return Array.from({ length: 50 }, () => pauses.about(100));
    };
    expect(new Set(draw(0))).toEqual(new Set([100]));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(Math.min(...draw(7))).toBeGreaterThanOrEqual(75);
    expect(Math.max(...draw(7))).toBeLessThanOrEqual(125);
  });
});

describe('what a real cluster cannot do', () => {
  it.each([
    ['cluster seed=1', 'cluster'],
    ['topic t\nproducer p linger=5ms', 'linger'],
    ['topic t\nconsumer c g t mode=work', 'mode=work'],
    ['topic t\nconsumer c g t assignor=range', 'assignor'],
    ['topic t\nproducer p acks=1', null],
  ])('%s: %s', (body, part) => {
    expect(modelOnlyPart(parseScenario('t/t', `${HEADER}${body}\n`))).toBe(part);
  });
});
