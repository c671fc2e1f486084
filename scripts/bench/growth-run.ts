/**
 * Searches of growing size on at-least-once-consumer, in a process of its own: `node growth-run.cjs '<Size[] as JSON>'` prints
 * one `Measured` a line. Only programs of ours run here, so there is no sandbox.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import atLeastOnce from '../../labs/at-least-once-consumer/lab';
import { Grading } from '../../src/grader/grade';
import type { Lab, LabRecord } from '../../src/grader/lab';
import type { Program } from '../../src/grader/program';
import { compileProgram } from '../../src/runner/compile-program';
import { createKafkaClient } from '../../src/runner/environment/kafka-client';
import { loadProgram, type ModuleFunction } from '../../src/runner/environment/load-program';
import { median } from './median';

export interface Size {
  readonly records: number;
  readonly partitions: number;
  /** Consumers of the group. */
  readonly members: number;
  readonly faults: number;
  readonly naive: boolean;
}

export interface Measured {
  readonly executions: number;
  readonly ms: number;
  /** The search has given up some plans for want of room: the figure is none. */
  readonly isCapped: boolean;
}

interface Order {
  readonly root: string;
  readonly sizes: readonly Size[];
  /** What has to be expected to take longer, by what the sizes before it have taken, is left out. */
  readonly mostMs: number;
}

const LONG_MS = 300;

/** From one size to the next; the first step, from next to nothing, says little. */
const MOST_GROWTH = 40;

function labWith({ records, partitions }: Size): Lab {
  const batch = Array.from({ length: records }, (_none, index): LabRecord => {
    const id = String(index + 1);
    const value = JSON.stringify({ id, item: 'lamp' });
    return { id, topic: 'orders', partition: index % partitions, key: id, value };
  });
  return { ...atLeastOnce, workloads: [{ topics: [{ name: 'orders', partitions }], batches: [batch] }] };
}

/** The lab's solution; with several members, as many consumers as that in one process. */
function sourceFor(root: string, { members }: Size): string {
  const solution = readFileSync(path.join(root, 'labs/at-least-once-consumer/solution.ts'), 'utf8');
  if (members === 1) return solution;
  const [head, tail] = solution.split(/^const consumer = /m) as [string, string];
  const [options, rest] = tail.split(/^async function ship/m) as [string, string];
  const [ship, run] = rest.split(/^await consumer\.connect/m) as [string, string];
  return `${head}async function ship${ship}
await Promise.all(Array.from({ length: ${members} }, async () => {
  const consumer = ${options}
  await consumer.connect${run}
}));
`;
}

function load(source: string): Program {
  const compiled = compileProgram(source, 'consumer.ts', null);
  if (!compiled.ok) throw new Error(compiled.diagnosis.message);
  let program: Program | null = null;
  const define = (supplied: readonly string[], module: ModuleFunction): void => {
    program = loadProgram(supplied, module, createKafkaClient);
  };
  new Function('__eo_define', compiled.script)(define);
  if (program === null) throw new Error('the script defines no program');
  return program;
}

function searchOnce(root: string, size: Size): Measured {
  const program = load(sourceFor(root, size));
  const { faults, naive } = size;
  const options = { modelHash: 'bench', engineVersion: 'bench', faults, naive };
  const grading = new Grading(labWith(size), program, options);
  const begin = performance.now();
  while (!grading.advance(1000));
  const ms = performance.now() - begin;
  const { verdict } = grading.result(0);
  if (verdict.status === 'fail') throw new Error(`${JSON.stringify(size)}: the solution fails`);
  return { executions: verdict.explored.executions, ms, isCapped: verdict.headline.id === 'headline.N2' };
}

function measure(root: string, size: Size): Measured {
  const first = searchOnce(root, size);
  if (first.ms > LONG_MS) return first;
  const times = [first.ms, ...Array.from({ length: 4 }, () => searchOnce(root, size).ms)];
  return { ...first, ms: median(times) };
}

function main({ root, sizes, mostMs }: Order): void {
  // Compiled and warm before anything counts.
  measure(root, { records: 4, partitions: 1, members: 1, faults: 2, naive: false });
  let last: Measured | null = null;
  let growth = 1;
  for (const size of sizes) {
    if (last !== null && (last.isCapped || last.ms * Math.min(growth, MOST_GROWTH) > mostMs)) break;
    const measured = measure(root, size);
    if (last !== null) growth = Math.max(1, measured.ms / last.ms);
    last = measured;
    console.log(JSON.stringify(measured));
  }
}

main(JSON.parse(process.argv[2]!) as Order);
