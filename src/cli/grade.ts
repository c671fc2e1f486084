/**
 * `npm run grade -- <file-or-folder>`: the verdict that the page gives, on the command line; with `--storm <n>` random plans
 * beyond the lab's bound (`grader/storm`).
 *
 * Exit codes: 0 pass, 1 fail, 2 inconclusive (too little happened, or labs lack what the program asks for), 3 nothing could
 * be graded (wrong call, unreadable file, broken engine). A folder exits with the worst of its files: 3 before 1 before 2
 * before 0.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { StormReport, StormResult } from '../grader/storm/storm-report';
import { describeEvent, renderStorm, renderText, renderVerdict, type Locale } from '../grader/texts';
import type { GradeResult, Verdict, VerdictStatus } from '../grader/verdict';
import type { Recording } from '../simulation/trace';
import { RunnerError, type GradeHost, type StormHost } from '../runner/api';
import { labIds } from '../runner/engine-bundle';
import { createNodeHost } from '../runner/node/host';
import { labWords } from './lab-words';
import { labOf, programFiles, readProgram, UsageError } from './program-file';
import { Progress } from './progress';
import { drawSeed, readRuns, readSeed } from './storm-options';

interface Options {
  readonly lab?: string;
  readonly faults?: number;
  readonly json?: boolean;
  readonly lang: Locale;
  readonly naive?: boolean;
  readonly replay?: string;
  readonly storm?: number;
  readonly seed?: number;
}

type Host = GradeHost & StormHost;

const EXIT_CODES: Readonly<Record<VerdictStatus, number>> = { pass: 0, fail: 1, inconclusive: 2 };
const HARNESS_ERROR = 3;
/** Worst first. */
const SEVERITY = [HARNESS_ERROR, EXIT_CODES.fail, EXIT_CODES.inconclusive, EXIT_CODES.pass];

/** Graded at a time: each takes a process. */
const MAX_AT_ONCE = 4;

interface FileResult {
  readonly file: string;
  readonly lab: string | null;
  readonly exitCode: number;
  readonly result: GradeResult | StormResult | null;
  readonly error: string | null;
}

function faultBudget(text: string): number {
  if (!/^\d$/.test(text)) throw new InvalidArgumentError('a number of faults from 0 to 9 is needed.');
  return Number(text);
}

const command = new Command('npm run grade --')
  .description(
    'Grades a program, or every program in a folder: exit code 0 pass, 1 fail, 2 inconclusive (too little happened, or labs lack what it asks for), 3 nothing could be graded.',
  )
  .argument('<file-or-folder>', 'a .ts, .mts or .js file anywhere, or a folder of such files')
  .option('--lab <id>', 'the lab; else the file says // lab: <id>, or lies in labs/<id>/')
  .option('--faults <k>', "fault budget instead of the lab's own", faultBudget)
  .option('--json', 'the verdict as JSON; for a folder {"results": […]}')
  .addOption(new Option('--lang <language>', 'language of the text').choices(['en', 'ru']).default('en'))
  .option('--naive', 'search without reductions: slower, the same verdict')
  .option('--storm <n>', "n random runs with more faults than the lab's bound, on longer workloads", readRuns)
  .option('--seed <s>', 'seed of the first run of a storm; drawn and printed when absent', readSeed)
  .option('--replay <code>', 'show one execution by its code instead of grading')
  .exitOverride();

/** Ends as a shell expects it, and takes the children along (see the Node host). */
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.once(signal, () => process.exit(128 + number));
}

async function main(): Promise<number> {
  command.parse();
  const [target] = command.args as [string];
  const options = seeded(command.opts<Options>());
  const labs = await labIds();
  const { isFolder, files } = await programFiles(target);
  const host = createNodeHost();
  if (options.replay !== undefined) {
    if (isFolder) throw new UsageError('--replay needs one file, not a folder.');
    return replayFile(host, files[0]!, options.replay, options, labs);
  }
  if (!isFolder) {
    const graded = await gradeFile(host, files[0]!, options, labs);
    if (graded.error !== null) throw new UsageError(graded.error);
    if (options.json) printJson(contentOf(graded.result!));
    else console.log(await asText(graded, options.lang));
    return graded.exitCode;
  }
  return gradeFolder(host, files, options, labs);
}

/** All files of a call are in the same storm. */
function seeded(options: Options): Options {
  const { storm, seed, naive, replay } = options;
  if (storm === undefined) {
    if (seed !== undefined) throw new UsageError('--seed is for --storm.');
    return options;
  }
  if (naive) throw new UsageError('--naive is for the search; a storm does not search.');
  if (replay !== undefined) throw new UsageError('--storm and --replay do not go together.');
  return { ...options, seed: seed ?? drawSeed() };
}

/** What JSON shows: the verdict, or the report of a storm. */
function contentOf(result: GradeResult | StormResult): Verdict | StormReport {
  return 'report' in result ? result.report : result.verdict;
}

async function gradeFolder(
  host: Host,
  files: readonly string[],
  options: Options,
  labs: readonly string[],
): Promise<number> {
  const results: FileResult[] = [];
  const waiting = files.map((file, index) => ({ file, index }));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next.index] = await gradeFile(host, next.file, options, labs);
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_AT_ONCE, availableParallelism()) }, worker));
  if (options.json) {
    printJson({
      results: results.map(({ file, lab, exitCode, result, error }) => ({
        file,
        lab,
        exitCode,
        ...(options.storm === undefined
          ? { verdict: result === null ? null : contentOf(result) }
          : { storm: result === null ? null : contentOf(result) }),
        error,
      })),
    });
  } else {
    for (const result of results)
      console.log(`── ${result.file}\n\n${result.error ?? (await asText(result, options.lang))}\n`);
    console.log(results.map(({ file, exitCode }) => `${statusOf(exitCode).padEnd(12)} ${file}`).join('\n'));
  }
  return SEVERITY.find((code) => results.some(({ exitCode }) => exitCode === code)) ?? 0;
}

function statusOf(exitCode: number): string {
  return Object.entries(EXIT_CODES).find(([, code]) => code === exitCode)?.[0] ?? 'error';
}

async function gradeFile(host: Host, file: string, options: Options, labs: readonly string[]): Promise<FileResult> {
  const progress = new Progress(path.basename(file), options.storm === undefined ? 'executions' : 'runs');
  let lab: string | null = null;
  try {
    const source = await readProgram(file);
    lab = labOf(file, source, options.lab, labs);
    const result = await gradeSource(host, { lab, source }, options, progress);
    return { file, lab, exitCode: EXIT_CODES[contentOf(result).status], result, error: null };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof RunnerError)) throw error;
    return { file, lab, exitCode: HARNESS_ERROR, result: null, error: error.message };
  } finally {
    progress.end();
  }
}

function gradeSource(
  host: Host,
  program: { readonly lab: string; readonly source: string },
  { faults, naive, storm, seed }: Options,
  { report }: Progress,
): Promise<GradeResult | StormResult> {
  const bound = faults === undefined ? {} : { faults };
  if (storm === undefined) return host.grade({ ...program, ...bound, ...(naive && { naive }) }, { onProgress: report });
  return host.storm({ ...program, ...bound, runs: storm, seed: seed ?? 0 }, { onProgress: report });
}

async function asText({ lab, result }: FileResult, locale: Locale): Promise<string> {
  const words = await labWords(lab!, locale);
  return 'report' in result!
    ? renderStorm(result.report, result.recording, locale, words)
    : renderVerdict(result!.verdict, result!.recording, locale, words);
}

async function replayFile(
  host: GradeHost,
  file: string,
  executionCode: string,
  options: Options,
  labs: readonly string[],
): Promise<number> {
  const source = await readProgram(file);
  const lab = labOf(file, source, options.lab, labs);
  const recording = await host.replay({ lab, source, executionCode });
  if (options.json) printJson(recording);
  else console.log(await storyText(recording, lab, options.lang));
  return 0;
}

/** Every event of an execution as a line. */
async function storyText(recording: Recording, lab: string, locale: Locale): Promise<string> {
  const words = await labWords(lab, locale);
  const ms = renderText({ id: 'ms', params: {} }, locale, words);
  const lines = recording.events.map(
    (event) =>
      `${String(event.time).padStart(7)} ${ms}  ${event.lane.padEnd(12)} ${describeEvent(event, locale, words)}`,
  );
  return [`${recording.executionCode} (${recording.traceHash})`, '', ...lines].join('\n');
}

function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    // `--help` is no error; what commander finds wrong it has printed itself.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : HARNESS_ERROR;
    else {
      const isExpected = error instanceof UsageError || error instanceof RunnerError;
      console.error(isExpected ? error.message : error);
      process.exitCode = HARNESS_ERROR;
    }
  });
