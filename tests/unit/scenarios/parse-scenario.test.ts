/** The scenario language: what it reads, what it refuses, and that writing gives the text back. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withCommandReference } from '../../../src/scenarios/language/command-reference';
import { COMMANDS } from '../../../src/scenarios/language/commands';
import { parseScenario } from '../../../src/scenarios/language/parse-scenario';
import { readScenarios, scenarioPath, SCENARIOS_FOLDER } from '../../scenarios/scenario-files';
import { writeScenario } from '../../../src/scenarios/language/write-scenario';

const HEADER = ['row: DIF-00', 'title: a title: with colon', 'rules: LOG-1, LOG-2', 'brokers: 1', 'by: K C J'];

function scenario(...lines: string[]) {
  return parseScenario('group/file', [...HEADER, '', ...lines].join('\n'));
}

/** The first command of a scenario of one line. */
function command(line: string) {
  const [block] = scenario(line).blocks;
  const { action } = block.steps[0];
  return action.kind === 'driver' ? action.command : action;
}

describe('a scenario is read', () => {
  it('with its header', () => {
    const { row, title, rules, brokers, by, unstable } = scenario('topic t');
    expect({ row, title, rules, brokers, by, unstable }).toEqual({
      row: 'DIF-00',
      title: 'a title: with colon',
      rules: ['LOG-1', 'LOG-2'],
      brokers: 1,
      by: ['K', 'C', 'J'],
      unstable: null,
    });
  });

  it.each([
    [
      'send p t/0 a b size=5000',
      { command: 'send', producer: 'p', to: { topic: 't', partition: 0 }, values: ['a', 'b'], size: 5000 },
    ],
    [
      'producer p idempotent tid=X txn-timeout=2s retries=unlimited',
      {
        command: 'producer',
        producer: 'p',
        idempotent: true,
        plain: false,
        tid: 'X',
        txnTimeout: 2000,
        retries: Number.MAX_SAFE_INTEGER,
      },
    ],
    [
      'kill 2 leader(t/0) coordinator(g) p',
      {
        command: 'kill',
        targets: [
          { kind: 'broker', id: 2 },
          { kind: 'leader', of: { topic: 't', partition: 0 } },
          { kind: 'coordinator', of: 'g' },
          { kind: 'process', name: 'p' },
        ],
      },
    ],
    [
      'raw produce t/0 a pid=p seq=2147483647..2147483647',
      {
        command: 'raw produce',
        to: { topic: 't', partition: 0 },
        values: ['a'],
        pid: 'p',
        transactional: false,
        seq: { first: 2147483647, last: 2147483647 },
      },
    ],
    [
      'commit-offset c t/0 -2',
      { command: 'commit-offset', consumer: 'c', of: { topic: 't', partition: 0 }, offset: -2 },
    ],
    [
      'wait-until within=200ms isr t/0 != 1 3',
      {
        kind: 'wait-until',
        query: { command: 'isr', of: { topic: 't', partition: 0 } },
        isEqual: false,
        expected: '1 3',
        withinMs: 200,
      },
    ],
  ])('%s', (line, expected) => {
    expect(command(line)).toEqual(expected);
  });

  it('with prefixes, comments and results of single clients', () => {
    const [block] = scenario(
      '# why',
      'only C J: async s: send p t/0 a',
      'await s',
      '----',
      'ok',
      '---- or',
      'error A',
      '---- C',
      'error B',
    ).blocks;
    expect(block.steps.map(({ only, asyncName, line }) => ({ only, asyncName, line }))).toEqual([
      { only: ['C', 'J'], asyncName: 's', line: 8 },
      { only: null, asyncName: null, line: 9 },
    ]);
    expect(block.sections).toEqual([
      { letters: null, alternatives: [['ok'], ['error A']] },
      { letters: ['C'], alternatives: [['error B']] },
    ]);
  });
});

describe('what cannot be read is answered with file, line and remedy', () => {
  it.each([
    ['sent p t/0 a', /group\/file:7: "sent" is no command\. There are cluster, topic, /],
    ['send p t0 a', /:7: "t0" is no partition such as t\/0/],
    ['send p t/0', /send lacks words\. Usage: send <producer>/],
    ['topic t u', /no use for "u"/],
    ['topic t replica=1', /no option "replica"\. Usage: topic/],
    ['advance 5', /duration such as 200ms or 5s/],
    ['wait-until send p t/0 a = ok', /cannot be repeated\. Queries: /],
    ['wait-until isr t/0', /needs a query, "=" or "!="/],
    ['only R: topic t', /speaks of R/],
    ['async s: wait-until isr t/0 = 1', /cannot be begun as async/],
  ])('%s', (line, message) => {
    expect(() => scenario(line)).toThrow(message);
  });

  it('also in the header', () => {
    expect(() => parseScenario('f', 'row: X\n')).toThrow('the header lacks "brokers: …"');
    expect(() => parseScenario('f', 'raw: X\n')).toThrow('f:1: "raw: X" is no line of the header');
    expect(() => parseScenario('f', HEADER.join('\n').replace('K C J', 'K Q'))).toThrow('"Q" is none of K C J R');
  });
});

describe('writing gives the text back', () => {
  it.each(readScenarios().map(({ file }) => file))('%s', (file) => {
    const text = readFileSync(scenarioPath(file), 'utf8');
    expect(writeScenario(parseScenario(file, text), new Map())).toBe(text);
  });

  it('for any blocks, and reads the same out of it', () => {
    const line = fc.constantFrom('topic t', '# a comment', 'send p t/0 a', 'only C: take c', 'async x: commit p');
    const results = fc.array(fc.constantFrom('ok', 'error X', '0:a'), { maxLength: 2 });
    const block = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }), results });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
        const body = blocks.map(({ lines, results: printed }) =>
          [...lines, ...(lines.some((l) => !l.startsWith('#')) ? ['----', ...printed] : [])].join('\n'),
        );
        const text = [HEADER.join('\n'), ...body].join('\n\n') + '\n';
        const read = parseScenario('f', text);
        expect(writeScenario(read, new Map())).toBe(text);
      }),
    );
  });
});

describe('a rewrite', () => {
  it('gives clients that print the same one section and keeps what was not run', () => {
    const read = scenario('send p t/0 a', '----', 'ok offset=7', '---- K', 'error Y');
    const text = writeScenario(
      read,
      new Map([
        ['C', [['ok offset=0']]],
        ['J', [['ok offset=0']]],
      ]),
    );
    expect(text).toContain('send p t/0 a\n----\nok offset=0\n---- K\nerror Y\n');
  });

  it('leaves a result alone that is one of the right ones', () => {
    const read = scenario('send p t/0 a', '----', 'ok', '---- or', 'error Y');
    const text = writeScenario(
      read,
      new Map([
        ['C', [['error Y']]],
        ['J', [['ok']]],
      ]),
    );
    expect(text).toContain('send p t/0 a\n----\nok\n---- or\nerror Y\n');
  });
});

describe('the README', () => {
  it('lists the commands as they are', () => {
    const readme = readFileSync(path.join(SCENARIOS_FOLDER, 'README.md'), 'utf8');
    expect(withCommandReference(readme), 'npm run scenarios -- --commands puts it right').toBe(readme);
  });

  it('says of every command what it is for', () => {
    expect(COMMANDS.filter(({ about }) => about === '')).toEqual([]);
  });
});

describe('the differential table', () => {
  const isFree = (row: number): boolean => row === 69;

  it('has a scenario for each of its rows, DIF-01 to DIF-84', () => {
    const rows = Array.from({ length: 84 }, (_, index) => index + 1).filter((row) => !isFree(row));
    const named = new Set(readScenarios().map(({ row }) => row));
    expect(rows.map((row) => `DIF-${String(row).padStart(2, '0')}`).filter((row) => !named.has(row))).toEqual([]);
  });

  it('is named in the file', () => {
    const misnamed = readScenarios().filter(({ file, row }) => !file.split('/')[1].startsWith(`${row.toLowerCase()}-`));
    expect(misnamed.map(({ file }) => file)).toEqual([]);
  });
});
