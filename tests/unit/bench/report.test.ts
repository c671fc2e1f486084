/** The page of the benchmarks: charts that say what they show, and sections that are exchanged one by one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawChart } from '../../../scripts/bench/chart';
import { merged } from '../../../scripts/bench/report';
import { repeated } from '../../../scripts/bench/setting';

describe('a chart', () => {
  const svg = drawChart({
    title: 'More <records>',
    x: 'records',
    y: 'executions',
    series: [
      { name: 'reduced', points: [2, 4, 10].map((x) => ({ x, y: 10 ** (x / 2) })) },
      { name: 'plain', points: [2, 4].map((x) => ({ x, y: 12 ** (x / 2) })), isDashed: true },
    ],
  });
  const numbers = (pattern: RegExp): number[] => [...svg.matchAll(pattern)].map((match) => Number(match[1]));

  it('has a point for each figure, a line at each power of ten, and both axes named', () => {
    expect(svg.match(/<circle/g)).toHaveLength(5);
    expect([...svg.matchAll(/text-anchor="end">([\d,]+)</g)].map((match) => match[1])).toEqual([
      '10',
      '100',
      '1,000',
      '10,000',
      '100,000',
    ]);
    expect(svg).toContain('>records</text>');
    expect(svg).toContain('>executions</text>');
    expect(svg).toContain('More &lt;records>');
    expect(svg).toContain('reduced: 2 → 10, 4 → 100, 10 → 100000');
  });

  it('is logarithmic upwards and linear sideways', () => {
    const [x2, x4, x10] = numbers(/<circle class="a" cx="([\d.]+)"/g) as [number, number, number];
    const [y2, y4, y10] = numbers(/<circle class="a" cx="[\d.]+" cy="([\d.]+)"/g) as [number, number, number];
    expect((x10 - x4) / (x4 - x2)).toBeCloseTo(3, 1);
    expect((y4 - y10) / (y2 - y4)).toBeCloseTo(3, 1);
  });

  it('keeps the names of lines that end together apart', () => {
    const points = [{ x: 1, y: 100 }];
    const both = drawChart({ title: '', x: '', y: '', series: ['one', 'two'].map((name) => ({ name, points })) });
    const heights = [...both.matchAll(/<text class="[ab]" x="[\d.]+" y="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(Math.abs(heights[0]! - heights[1]!)).toBeGreaterThanOrEqual(16);
  });
});

describe('the page', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('exchanges the sections that were measured, keeps the others, and drops what is none any more', () => {
    const file = path.join(folder, 'BENCHMARKS.md');
    const section = (id: string, text: string): { id: string; title: string; text: string } => ({
      id,
      title: id,
      text,
    });
    writeFileSync(
      file,
      merged(file, [section('a', 'old a'), section('b', 'old b'), section('c', 'old c')], ['a', 'b', 'c']),
    );
    const page = merged(file, [section('b', 'new b')], ['b', 'a']);
    expect(page).toContain('new b');
    expect(page).toContain('old a');
    expect(page).not.toMatch(/old b|old c/);
    expect(page.indexOf('new b')).toBeLessThan(page.indexOf('old a'));
    expect(merged(file, [], ['a'])).not.toContain('old c');
  });
});

it('a figure is the median of its runs', async () => {
  const values = [5, 1, 3];
  let runs = 0;
  expect(await repeated(3, () => Promise.resolve({ ms: values[runs++]! }))).toEqual({ ms: 3 });
  expect(runs).toBe(3);
});
