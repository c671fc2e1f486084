/**
 * `npm run conformance`: runs the scenarios on a real Apache Kafka with the real clients and shows where the outcome differs
 * from the recorded one. `--record` adds the outcomes to the recordings, which the tests hold the model against.
 *
 * Exit codes: 0 as recorded, 1 different or broken, 3 nothing could be run.
 */
import { Command, InvalidArgumentError } from 'commander';
import { prepareClients } from '../tests/conformance/drivers/live/client-programs';
import { LiveCluster } from '../tests/conformance/drivers/live/live-cluster';
import { LiveDriver } from '../tests/conformance/drivers/live/live-driver';
import { KafkaCluster } from '../tests/conformance/cluster/cluster';
import type { ClusterSize } from '../tests/conformance/cluster/settings';
import { KAFKA_VERSION, missingTool, ToolMissing } from '../tests/conformance/cluster/toolchain';
import { isQuick } from '../tests/conformance/quick';
import { runTable, type Job, type JobResult } from '../tests/conformance/run-table';
import { CLIENT_LETTERS, type ClientLetter } from '../src/scenarios/language/scenario';
import { readScenarios } from '../tests/scenarios/scenario-files';

interface Options {
  readonly clients: readonly ClientLetter[];
  readonly repeat: number;
  readonly record?: boolean;
  readonly quick?: boolean;
  readonly bootstrap?: string;
  readonly brokers?: ClusterSize;
}

const NOTHING_RUN = 3;

function clientLetters(text: string): ClientLetter[] {
  const letters = CLIENT_LETTERS.filter((letter) => text.includes(letter));
  if (letters.length !== text.length) throw new InvalidArgumentError(`letters of ${CLIENT_LETTERS.join('')}.`);
  return letters;
}

function positive(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('a number from 1 to 99 is needed.');
  return Number(text);
}

function clusterSize(text: string): ClusterSize {
  if (text !== '1' && text !== '3') throw new InvalidArgumentError('1 or 3.');
  return text === '1' ? 1 : 3;
}

const command = new Command('npm run conformance --')
  .description('Runs the scenarios on a real Apache Kafka and compares with the recordings.')
  .argument('[filters...]', 'parts of rows, files or titles; without any, everything')
  .option('--clients <letters>', 'K kafkajs, C Confluent, J Java, R by hand', clientLetters, [...CLIENT_LETTERS])
  .option('--repeat <n>', 'how often each is run', positive, 1)
  .option('--record', 'add the outcomes to tests/conformance/recorded')
  .option('--quick', 'the subset of continuous integration; without Java or Maven it is skipped')
  .option('--brokers <1|3>', 'only the scenarios for that many brokers', clusterSize)
  .option('--bootstrap <host:port>', 'a cluster that is there already; nothing is killed on it');

async function main(): Promise<number> {
  command.parse();
  const filters = command.args;
  const options = command.opts<Options>();
  const missing = options.bootstrap === undefined ? missingTool() : null;
  if (missing !== null && options.quick) {
    console.log(`SKIPPED: the comparison with a live Kafka. ${missing}`);
    return 0;
  }
  const scenarios = readScenarios().filter(
    ({ file, row, title, brokers }) =>
      (filters.length === 0 ||
        filters.some((part) => [file, row, title].join(' ').toLowerCase().includes(part.toLowerCase()))) &&
      (options.quick !== true || (isQuick(row) && brokers === 1)) &&
      (options.brokers === undefined || brokers === options.brokers),
  );
  const jobs = scenarios.flatMap((scenario) =>
    scenario.by.filter((letter) => options.clients.includes(letter)).map((letter) => ({ scenario, letter })),
  );
  if (jobs.length === 0) {
    console.error('No scenario matches.');
    return NOTHING_RUN;
  }
  try {
    return report(await runAll(Array.from({ length: options.repeat }, () => jobs).flat(), options));
  } catch (error) {
    // Without compiler or headers the clients cannot be built: that says nothing about the model.
    if (options.quick !== true || !(error instanceof ToolMissing)) throw error;
    console.log(`SKIPPED: the comparison with a live Kafka. ${error.message}`);
    return 0;
  }
}

async function runAll(jobs: readonly Job[], options: Options): Promise<JobResult[]> {
  const say = (line: string): void => console.log(line);
  const programs = await prepareClients(say);
  const onResult = (result: JobResult): void => console.log(lineOf(result));
  const settings = {
    kafka: KAFKA_VERSION,
    record: options.record === true,
    looksTwice: options.quick === true,
    onResult,
    onSecondLook: ({ scenario, letter }: Job, difference: string): void =>
      say(
        `again     ${scenario.row} ${letter} ${scenario.file}, because once it was not as expected:\n    ${difference}`,
      ),
  };
  if (options.bootstrap !== undefined) {
    const live = await LiveCluster.at(options.bootstrap);
    const driver = new LiveDriver(`Kafka at ${options.bootstrap}`, live, programs);
    try {
      return await runTable(jobs, driver, settings);
    } finally {
      await driver.close();
    }
  }
  const results: JobResult[] = [];
  for (const size of [1, 3] as const) {
    const own = jobs.filter(({ scenario }) => scenario.brokers === size);
    if (own.length === 0) continue;
    say(`Starting Apache Kafka ${KAFKA_VERSION} with ${size} broker(s) for ${own.length} runs …`);
    const cluster = await KafkaCluster.start({ size, say });
    const driver = new LiveDriver(`Apache Kafka ${KAFKA_VERSION}`, await LiveCluster.of(cluster), programs);
    let isRight = false;
    try {
      const done = await runTable(own, driver, settings);
      results.push(...done);
      isRight = done.every(({ verdict }) => verdict.kind !== 'different' && verdict.kind !== 'broken');
    } finally {
      await driver.close();
      await cluster.end({ keep: !isRight });
      if (!isRight) say(`Logs, data and transcripts are kept in ${cluster.dir}`);
    }
  }
  return results;
}

function lineOf({ scenario, letter, verdict, seconds }: JobResult): string {
  const head = `${verdict.kind.padEnd(9)} ${scenario.row} ${letter} ${scenario.file} (${seconds.toFixed(1)} s)`;
  const more = detailOf(verdict);
  return more === null ? head : `${head}\n    ${more.split('\n').join('\n    ')}`;
}

function detailOf(verdict: JobResult['verdict']): string | null {
  switch (verdict.kind) {
    case 'same':
      return null;
    case 'new':
    case 'different':
      return verdict.difference;
    case 'not run':
    case 'broken':
      return verdict.reason;
  }
}

function report(results: readonly JobResult[]): number {
  const of = (kind: JobResult['verdict']['kind']): number =>
    results.filter(({ verdict }) => verdict.kind === kind).length;
  const wrong = results.filter(({ verdict }) => verdict.kind === 'different' || verdict.kind === 'broken');
  if (wrong.length > 0) console.log(`\nNot as recorded:\n${wrong.map(lineOf).join('\n')}`);
  console.log(
    `\n${of('same')} as recorded, ${of('different')} different, ${of('broken')} broken, ${of('new')} not recorded before, ${of('not run')} not run`,
  );
  return wrong.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof ToolMissing ? error.message : error);
    process.exit(NOTHING_RUN);
  },
);
