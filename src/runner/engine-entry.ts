/**
 * The engine bundle: model, grader, labs and environment, in a realm that it locks down. Its host talks to it by calls
 * that take and give text, on the global object's `__eo`:
 *
 *     __eo.compile(request)   → { script, needsDatabase } to be evaluated in this realm, the database script before it if
 *                               it is needed; or { result } when the file is at fault
 *     __eo.advance(count?)    → { done, progress, preview }, some executions further; a preview once, else null
 *     __eo.result(elapsedMs)  → { verdict, recording }
 *     __eo.level()            → { done, progress, shares }, for a search that several engines share: some executions
 *                               further; at the end of its part of a level what it has seen of it, as a text
 *     __eo.proceed(texts)     → { isOver, preview } given what all engines have seen of the level; a preview as above
 *     __eo.startStorm(request), advanceStorm() → { done, progress }, stormResult(elapsedMs) → { report, recording }, or
 *                               { verdict, recording } of a program that fails without any fault
 *     __eo.replay(request)    → { recording } or { error }
 *     __eo.diagnose(request)  → { verdict, recording } about a program that brought an earlier engine down
 */
import labs from 'virtual:labs';
import { Grading } from '../grader/grade';
import { inputModuleOf, type Lab } from '../grader/lab';
import { diagnosisVerdict } from '../grader/judge';
import type { Program } from '../grader/program';
import { replay } from '../grader/replay';
import type { PackedShare, TeamPlace } from '../grader/share';
import { StormGrading } from '../grader/storm/storm-grading';
import type { Diagnosis } from '../grader/verdict';
import { ENGINE_VERSION } from '../grader/versions';
import type { GradeRequest } from './api';
import { compileProgram } from './compile-program';
import { sharedObjects } from './environment/globals';
import { createKafkaClient } from './environment/kafka-client';
import { compiledHelpers, loadProgram, type ModuleFunction } from './environment/load-program';
import { lockDown } from './lockdown';
import { sharedClientObjects } from './shared-client-objects';
import { acceptSqlite } from './sqlite-realm';
import { withdrawHostObjects } from './withdraw-host';

/** Executions between two looks at the clock and at the host's wishes, if the host does not say. */
const EXECUTIONS_PER_ADVANCE = 20;

/** A request as hosts send it: with the hash of the bundle that they have loaded. */
interface EngineRequest extends GradeRequest {
  readonly modelHash: string;
  readonly executionCode?: string;
  readonly diagnosis?: Diagnosis;
  /** Of a storm. */
  readonly runs?: number;
  readonly seed?: number;
  /** Where several engines share the search: which of them this one is. */
  readonly team?: TeamPlace;
}

const labsById: ReadonlyMap<string, Lab> = new Map(labs.map((lab) => [lab.id, lab]));
let grading: Grading | null = null;
let program: Program | null = null;
let storm: StormGrading | null = null;

function labOf({ lab }: EngineRequest): Lab {
  const found = labsById.get(lab);
  if (found === undefined) throw new Error(`there is no lab "${lab}"; there are ${[...labsById.keys()].join(', ')}`);
  return found;
}

function options({ modelHash }: EngineRequest): { modelHash: string; engineVersion: string } {
  return { modelHash, engineVersion: ENGINE_VERSION };
}

function compile(requestJson: string): string {
  const request = JSON.parse(requestJson) as EngineRequest;
  const lab = labOf(request);
  const compiled = compileProgram(request.source, `${lab.process}.ts`, inputModuleOf(lab));
  if (!compiled.ok) return JSON.stringify({ result: diagnosisVerdict(lab, compiled.diagnosis, options(request)) });
  return JSON.stringify({ script: compiled.script, needsDatabase: lab.database !== undefined });
}

/** Called by the compiled script when the host evaluates it. */
function defineProgram(supplied: readonly string[], module: ModuleFunction): void {
  program = loadProgram(supplied, module, createKafkaClient);
}

function loaded(): Program {
  if (program === null) throw new Error('no program has been loaded');
  return program;
}

function start(requestJson: string): void {
  const request = JSON.parse(requestJson) as EngineRequest;
  const { faults, naive, team } = request;
  const lab = labOf(request);
  grading = new Grading(lab, loaded(), {
    ...options(request),
    ...(faults !== undefined && { faults }),
    ...(naive !== undefined && { naive }),
    ...(team !== undefined && { team }),
  });
}

function advance(executions = EXECUTIONS_PER_ADVANCE): string {
  const done = grading!.advance(executions);
  return JSON.stringify({ done, progress: grading!.progress(), preview: grading!.preview(0) });
}

function level(): string {
  const done = grading!.advanceLevel(EXECUTIONS_PER_ADVANCE);
  const shares = done ? JSON.stringify(grading!.shares()) : '';
  return JSON.stringify({ done, progress: grading!.progress(), shares });
}

function proceed(textsJson: string): string {
  const texts = JSON.parse(textsJson) as string[];
  const isOver = grading!.accept(texts.flatMap((text) => JSON.parse(text) as PackedShare[]));
  return JSON.stringify({ isOver, preview: grading!.preview(0) });
}

function result(elapsedMs: number): string {
  return JSON.stringify(grading!.result(elapsedMs));
}

function startStorm(requestJson: string): void {
  const request = JSON.parse(requestJson) as EngineRequest;
  const { runs = 0, seed = 0, faults } = request;
  const more = faults === undefined ? {} : { faults };
  storm = new StormGrading(labOf(request), loaded(), { ...options(request), runs, seed, ...more });
}

function advanceStorm(): string {
  return JSON.stringify({ done: storm!.advance(EXECUTIONS_PER_ADVANCE), progress: storm!.progress() });
}

function stormResult(elapsedMs: number): string {
  return JSON.stringify(storm!.result(elapsedMs));
}

function replayOne(requestJson: string): string {
  const request = JSON.parse(requestJson) as EngineRequest;
  try {
    return JSON.stringify({ recording: replay(labOf(request), loaded(), request.executionCode ?? '') });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}

function diagnose(requestJson: string): string {
  const request = JSON.parse(requestJson) as EngineRequest;
  return JSON.stringify(diagnosisVerdict(labOf(request), request.diagnosis!, options(request)));
}

const realm = globalThis as unknown as Record<string, unknown>;
realm['__eo'] = Object.freeze({
  compile,
  start,
  advance,
  level,
  proceed,
  result,
  startStorm,
  advanceStorm,
  stormResult,
  replay: replayOne,
  diagnose,
});
realm['__eo_define'] = defineProgram;
realm['__eo_database'] = acceptSqlite;
withdrawHostObjects();
lockDown([...sharedObjects, ...compiledHelpers, ...sharedClientObjects()]);
