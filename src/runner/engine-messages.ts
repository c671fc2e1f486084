/** What passes between a host and the engine, and its checking: whatever comes out of a sandbox is only a claim. */
import type { Recording } from '../simulation/trace';
import type { Diagnosis, GradeProgress, GradeResult } from '../grader/verdict';
import type { StormResult } from '../grader/storm/storm-report';
import { RunnerError, type GradeRequest, type ReplayRequest, type StormRequest } from './api';

/** One piece of work for a fresh engine. */
export type EngineTask =
  | ({ readonly type: 'grade' } & GradeRequest & { readonly modelHash: string })
  | ({ readonly type: 'replay' } & ReplayRequest & { readonly modelHash: string })
  | ({ readonly type: 'storm' } & StormRequest & { readonly modelHash: string })
  | { readonly type: 'diagnose'; readonly lab: string; readonly diagnosis: Diagnosis; readonly modelHash: string };

export type EngineMessage =
  | { readonly type: 'progress'; readonly progress: GradeProgress }
  | { readonly type: 'preview'; readonly result: GradeResult }
  /** A worker of several has done its part of a level; the others are given the text as it is. */
  | { readonly type: 'level'; readonly shares: string }
  /** A worker that is being warmed up has gone on a little; `done` when it need not go on. */
  | { readonly type: 'warm'; readonly done: boolean }
  | { readonly type: 'result'; readonly result: GradeResult }
  | { readonly type: 'storm'; readonly result: StormResult }
  | { readonly type: 'recording'; readonly recording: Recording }
  | { readonly type: 'error'; readonly message: string };

/** Longer messages are not read. */
export const MAX_MESSAGE_LENGTH = 32 * 1024 * 1024;

/** Reads a message. @throws RunnerError when it is none of these */
export function readMessage(text: unknown): EngineMessage {
  if (typeof text !== 'string' || text.length > MAX_MESSAGE_LENGTH)
    throw new RunnerError('the engine has sent something unreadable');
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new RunnerError('the engine has sent something unreadable');
  }
  if (!isRecord(message)) throw new RunnerError('the engine has sent something unreadable');
  if (message['type'] === 'error' && typeof message['message'] === 'string')
    return { type: 'error', message: message['message'].slice(0, 2000) };
  if (message['type'] === 'progress' && isProgress(message['progress']))
    return { type: 'progress', progress: message['progress'] };
  if (message['type'] === 'level' && typeof message['shares'] === 'string')
    return { type: 'level', shares: message['shares'] };
  if (message['type'] === 'warm' && typeof message['done'] === 'boolean')
    return { type: 'warm', done: message['done'] };
  const { type, result } = message;
  if ((type === 'result' || type === 'preview') && isResult(result)) return { type, result };
  if (type === 'storm' && isStormResult(result)) return { type, result };
  if (message['type'] === 'recording' && isRecording(message['recording']))
    return { type: 'recording', recording: message['recording'] };
  throw new RunnerError('the engine has answered in a form that is not known');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isProgress(value: unknown): value is GradeProgress {
  if (!isRecord(value)) return false;
  const numbers = [value['executions'], value['planned'], value['faults']];
  return numbers.every((number) => typeof number === 'number') && typeof value['failing'] === 'boolean';
}

function isResult(value: unknown): value is GradeResult {
  if (!isRecord(value) || !isRecord(value['verdict'])) return false;
  const { verdict, recording } = value;
  const isVerdict =
    verdict['schema'] === 1 &&
    ['pass', 'fail', 'inconclusive'].includes(String(verdict['status'])) &&
    Array.isArray(verdict['anomalies']);
  return isVerdict && (recording === null || isRecording(recording));
}

function isStormResult(value: unknown): value is StormResult {
  if (!isRecord(value) || !isRecord(value['report'])) return false;
  const { report, recording } = value;
  const isReport =
    report['kind'] === 'storm' &&
    ['pass', 'fail', 'inconclusive'].includes(String(report['status'])) &&
    Array.isArray(report['anomalies']);
  return isReport && (recording === null || isRecording(recording));
}

function isRecording(value: unknown): value is Recording {
  return (
    isRecord(value) &&
    typeof value['executionCode'] === 'string' &&
    Array.isArray(value['events']) &&
    Array.isArray(value['lanes'])
  );
}
