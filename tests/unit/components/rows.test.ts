import { describe, expect, test } from 'vitest';
import { firstFaultStep, rowIndexOf, timelineRows, type TimelineRow } from '../../../src/components/timeline/rows';
import type { GradeResult } from '../../../src/grader/verdict';
import type { Recording, TraceEvent, TraceEventKind } from '../../../src/simulation/trace';
import lostRecord from '../../fixtures/ui/lost-record.json';
import pass from '../../fixtures/ui/pass.json';

const recording = (lostRecord as unknown as GradeResult).recording as Recording;
const survived = (pass as unknown as GradeResult).recording as Recording;
const lanes = { partition: 0, process: 1, service: 2 } as const;

function rowOf(rows: readonly TimelineRow[], kind: TraceEventKind, nth = 0): TimelineRow {
  const found = rows.filter((row) => row.event.kind === kind)[nth];
  if (found === undefined) throw new Error(`no row of kind ${kind}`);
  return found;
}

/** The recording with some of its events moved or left out; steps and causes follow. */
function rearranged(order: (events: readonly TraceEvent[]) => readonly TraceEvent[]): Recording {
  const events = order(recording.events);
  const stepOf = new Map(events.map((event, step) => [event.step, step]));
  return {
    ...recording,
    events: events.map((event, step) => ({ ...event, step, cause: stepOf.get(event.cause ?? -1) ?? null })),
  };
}

describe('timeline rows', () => {
  test('leave out what does not tell the story, and show it on demand', () => {
    const kinds = new Set(timelineRows(recording, { all: false }).map((row) => row.event.kind));
    expect(kinds).toContain('deliver');
    expect(kinds).not.toContain('console');
    expect(kinds).not.toContain('request');
    expect(timelineRows(recording, { all: true })).toHaveLength(recording.events.length);
  });

  test('show steps that the story names whatever their kind', () => {
    const log = recording.events.find((event) => event.kind === 'console');
    const rows = timelineRows(recording, { all: false, keySteps: new Set([log?.step ?? -1]) });
    expect(rows.some((row) => row.event === log)).toBe(true);
  });

  test('leave the lane empty between a crash and the next start', () => {
    const rows = timelineRows(recording, { all: false });
    expect(rowOf(rows, 'process-crash').cells[lanes.process]).toMatchObject({
      above: true,
      below: false,
      mark: 'cross',
    });
    const start = rowOf(rows, 'process-start', 1).cells[lanes.process];
    expect(start).toMatchObject({ above: false, below: true, mark: 'dot', incarnation: 2 });
    expect(rowOf(rows, 'process-crash').cells[lanes.partition]).toMatchObject({ above: true, below: true });
  });

  test('draw messages from sender to receiver', () => {
    const rows = timelineRows(recording, { all: false });
    expect(rowOf(rows, 'deliver').arrow).toMatchObject({ from: lanes.partition, to: lanes.process, lost: false });
    expect(rowOf(rows, 'commit').arrow).toMatchObject({ from: lanes.process, to: lanes.partition, sentAt: null });
    expect(rowOf(rows, 'effect').arrow).toMatchObject({ from: lanes.process, to: lanes.service, sentAt: null });
    expect(rowOf(rows, 'commit').cells[lanes.partition]?.mark).toBe('commit');
  });

  test('draw a lost answer as lost', () => {
    const row = rowOf(timelineRows(survived, { all: false }), 'answer-lost');
    expect(row).toMatchObject({ tone: 'fault', arrow: { from: lanes.service, to: lanes.process, lost: true } });
  });

  test('draw a commit that lands after the crash from where it was queued', () => {
    const late = rearranged((events) => {
      const crash = events.findIndex((event) => event.kind === 'process-crash');
      return events.map((event, index) =>
        index === crash - 1 ? (events[crash] ?? event) : index === crash ? (events[crash - 1] ?? event) : event,
      );
    });
    const rows = timelineRows(late, { all: false });
    const queued = rowOf(rows, 'commit-queued', 1).event.step;
    expect(rowOf(rows, 'commit', 1).arrow?.sentAt).toBe(queued);
    expect(rowOf(rows, 'commit', 0).arrow?.sentAt).toBeNull();
  });

  test('name repeats and faults by tone', () => {
    const rows = timelineRows(survived, { all: false });
    expect(rows.filter((row) => row.tone === 'repeat').map((row) => row.event.kind)).toEqual(['deliver', 'effect']);
    expect(firstFaultStep(survived)).toBe(rowOf(rows, 'answer-lost').event.step);
  });

  test('are found by step, a hidden step by the row before it', () => {
    const rows = timelineRows(recording, { all: false });
    const commit = rowOf(rows, 'commit');
    const index = rows.indexOf(commit);
    expect(rowIndexOf(rows, commit.event.step)).toBe(index);
    const hidden = recording.events.find((event) => event.kind === 'request');
    expect(rowIndexOf(rows, hidden?.step ?? -1)).toBe(index);
  });
});
