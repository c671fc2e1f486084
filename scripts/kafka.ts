/**
 * `npm run kafka -- <lab> [file]`: the lab's program, unchanged, on a real Apache Kafka with the real client. It is killed, and
 * its messages are lost, at every point that can be hit by counting them; what is left is compared with the lab's guarantee.
 *
 * Exit codes: 0 the guarantee held, 1 it was broken, 3 nothing could be run.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import type { LabDefinition } from '../src/course/define-lab';
import { parseExecution, printExecution, type Plan } from '../src/grader/plan';
import { workloadOf } from '../src/grader/storm/workload';
import { createNodeHost } from '../src/runner/node/host';
import { readProgram } from '../src/cli/program-file';
import { KafkaCluster } from '../tests/conformance/cluster/cluster';
import { KAFKA_VERSION, projectDir, ToolMissing } from '../tests/conformance/cluster/toolchain';
import { ensureClients } from '../tests/conformance/clients/install';
import { LiveCluster } from '../tests/conformance/drivers/live/live-cluster';
import { runOnRealKafka, type RealOutcome } from '../tests/conformance/labs/execution';
import { anomaliesOf, forbidden, type Seen } from '../tests/conformance/labs/judge';
import { compileProgram } from '../tests/conformance/labs/program';
import { plansFor } from '../tests/conformance/labs/schedule';

interface Options {
  readonly variation: number;
  readonly plan?: string;
  readonly json?: boolean;
}

interface Execution {
  readonly code: string;
  readonly outcome: RealOutcome;
  readonly seen: readonly Seen[];
  readonly broken: readonly Seen[];
  readonly seconds: number;
}

const NOTHING_RUN = 3;

function wholeNumber(text: string): number {
  if (!/^\d$/.test(text)) throw new InvalidArgumentError('a number from 0 to 9 is needed.');
  return Number(text);
}

const command = new Command('npm run kafka --')
  .description("Runs a lab's program on a real Apache Kafka, with real kills, and compares with the lab's guarantee.")
  .argument('<lab>', 'the lab, by its id')
  .argument('[file]', "the program; without one the lab's solution")
  .option('--variation <n>', "which of the lab's workloads", wholeNumber, 0)
  .option('--plan <code>', 'one execution code instead of all points: v0:crash@effect#2.before')
  .option('--json', 'one JSON object an execution, for programs');

async function main(): Promise<number> {
  command.parse();
  const [id, asked] = command.args as [string, string | undefined];
  const options = command.opts<Options>();
  const lab = await loadLab(id);
  if (lab.database !== undefined) throw new ToolMissing(`The lab ${id} needs a PostgreSQL; only Kafka is run here.`);
  const file = path.resolve(asked ?? path.join(projectDir, 'labs', id, 'solution.ts'));
  if (!existsSync(file)) throw new ToolMissing(`${asked}: there is no such file.`);
  const planned = options.plan === undefined ? null : parseExecution(options.plan);
  const variation = planned?.variation ?? options.variation;
  const workload = workloadOf(lab, planned ?? { variation, plan: [] });
  if (workload === undefined)
    throw new ToolMissing(`The lab ${id} has the workloads 0 to ${lab.workloads.length - 1}.`);
  const say = (line: string): void => (options.json ? undefined : console.log(line));
  const clients = await ensureClients(say);
  const program = await compileProgram(file, workload, clients);
  say(`Starting Apache Kafka ${KAFKA_VERSION} …`);
  const cluster = await KafkaCluster.start({ size: 1, say });
  let isHeld: boolean;
  try {
    const live = await LiveCluster.of(cluster);
    const run = async (plan: Plan): Promise<Execution> => {
      const started = performance.now();
      const outcome = await runOnRealKafka({ cluster: live, lab, workload, plan, program, cwd: clients });
      const seen = anomaliesOf(lab, workload, plan, outcome.evidence);
      const seconds = (performance.now() - started) / 1000;
      const execution = {
        code: printExecution({ ...planned, variation, plan }),
        outcome,
        seen,
        broken: forbidden(lab, seen),
        seconds,
      };
      console.log(options.json ? JSON.stringify(execution) : lineOf(execution));
      return execution;
    };
    const executions = planned === null ? await runAll(lab, run) : [await run(planned.plan)];
    isHeld = executions.every(({ broken }) => broken.length === 0);
    if (!options.json) console.log(summary(executions));
    if (!options.json && planned === null) console.log(await besideTheModel(id, file, executions));
    live.brokers.close();
  } finally {
    await cluster.end({ keep: false });
  }
  return isHeld ? 0 : 1;
}

/** What the model needs for executions of the same kind: all with at most one fault. */
async function besideTheModel(lab: string, file: string, executions: readonly Execution[]): Promise<string> {
  const { verdict } = await createNodeHost().grade({ lab, source: await readProgram(file), faults: 1 });
  const real = executions.reduce((sum, { seconds }) => sum + seconds, 0) / executions.length;
  const model = verdict.cost.elapsedMs / 1000 / verdict.explored.executions;
  const ratio = Math.round(real / model).toLocaleString('en');
  return `On the model: ${verdict.status}, ${verdict.explored.executions} executions with at most one fault in ${(verdict.cost.elapsedMs / 1000).toFixed(2)} s. One on the real cluster takes ${ratio} times as long.`;
}

async function runAll(lab: LabDefinition, run: (plan: Plan) => Promise<Execution>): Promise<Execution[]> {
  const faultFree = await run([]);
  const executions = [faultFree];
  for (const plan of plansFor(lab, faultFree.outcome.counts, faultFree.outcome.rests)) executions.push(await run(plan));
  return executions;
}

async function loadLab(id: string): Promise<LabDefinition> {
  const file = path.join(projectDir, 'labs', id, 'lab.ts');
  if (!/^[\w-]+$/.test(id) || !existsSync(file)) throw new ToolMissing(`There is no lab "${id}" in labs/.`);
  const module = (await import(pathToFileURL(file).href)) as {
    readonly default: LabDefinition | { readonly default: LabDefinition };
  };
  return 'default' in module.default ? module.default.default : module.default;
}

function lineOf({ code, outcome, seen, broken, seconds }: Execution): string {
  const told = broken.length > 0 ? 'BROKEN' : outcome.isPlanDone ? 'held' : 'not hit';
  const shown = seen.map(({ id, record }) => `${id}${record === '' ? '' : ` (${record})`}`).join(', ');
  const output =
    broken.length > 0 && outcome.output !== ''
      ? `\n    ${outcome.output.trim().split('\n').slice(-3).join('\n    ')}`
      : '';
  return `${told.padEnd(8)} ${code.padEnd(36)} ${shown} (${seconds.toFixed(1)} s)${output}`;
}

function summary(executions: readonly Execution[]): string {
  const broken = executions.filter((execution) => execution.broken.length > 0).length;
  const missed = executions.filter(({ outcome }) => !outcome.isPlanDone).length;
  const seconds = executions.reduce((sum, execution) => sum + execution.seconds, 0);
  const more = missed === 0 ? '' : `, ${missed} whose point was not reached`;
  return `\n${executions.length} executions in ${seconds.toFixed(0)} s: ${broken === 0 ? 'the guarantee held' : `the guarantee was broken in ${broken}`}${more}`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof ToolMissing ? error.message : error);
    process.exit(NOTHING_RUN);
  },
);
