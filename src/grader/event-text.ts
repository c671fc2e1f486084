/** The sentence of an event as data: id `event.<kind>` and its parameters, for `grader/texts`. */
import type { TraceEvent } from '../simulation/trace';
import type { Text, TextParams } from './verdict';

export function eventText(event: TraceEvent): Text {
  const common = { process: event.lane, incarnation: event.incarnation ?? 0, line: event.line ?? 0 };
  return { id: `event.${event.kind}`, params: { ...common, ...details(event) } };
}

function details(event: TraceEvent): TextParams {
  switch (event.kind) {
    case 'phase':
      return { phase: event.phase };
    case 'process-start':
    case 'process-stop':
    case 'process-pause':
    case 'process-resume':
      return {};
    case 'process-crash':
    case 'process-exit':
      return endDetails(event);
    case 'append':
      return { ...place(event), offset: event.offset, record: event.record ?? '' };
    case 'group-join':
      return {
        group: event.group,
        generation: event.generation,
        assignment: event.assignment.map((assigned) => `${assigned.topic}-${assigned.partition}`).join(', '),
      };
    case 'group-leave':
      return { group: event.group, reason: event.reason };
    case 'position':
      return { ...place(event), offset: event.offset, from: event.from };
    case 'deliver':
    case 'handled':
      return handlerDetails(event);
    case 'commit-queued':
      return { ...place(event), offset: event.offset, automatic: event.automatic ? 1 : 0 };
    case 'commit':
      return { ...place(event), offset: event.offset, previous: event.previous ?? -1 };
    case 'commit-refused':
      return { ...place(event), offset: event.offset, error: event.error };
    case 'transaction-begin':
    case 'transaction-commit':
    case 'transaction-abort':
    case 'transaction-offsets':
      return transactionDetails(event);
    case 'request':
    case 'effect':
    case 'service-refused':
    case 'answer':
    case 'request-late':
    case 'request-lost':
    case 'request-overtakes':
    case 'answer-late':
    case 'answer-lost':
      return requestDetails(event);
    case 'poison':
      return { ...place(event), offset: event.offset, record: event.record };
    case 'statement':
    case 'transaction-waits':
    case 'rolled-back':
    case 'table':
      return databaseDetails(event);
    case 'broker':
    case 'coordinator':
    case 'leader':
    case 'isr':
    case 'truncated':
      return clusterDetails(event);
    case 'pool-exhausted':
      return { connections: event.connections };
    case 'console':
      return { level: event.level, text: event.text };
    case 'stuck':
      return { reason: event.reason };
  }
}

function place(event: { readonly topic: string; readonly partition: number }): TextParams {
  return { partition: `${event.topic}-${event.partition}` };
}

function handlerDetails(event: Extract<TraceEvent, { kind: 'deliver' | 'handled' }>): TextParams {
  const common = { ...place(event), offset: event.offset, record: event.record ?? '' };
  if (event.kind === 'deliver') return { ...common, process: event.peer ?? event.lane, again: event.again ? 1 : 0 };
  return { ...common, error: event.error === undefined ? '' : `${event.error.name}: ${event.error.message}` };
}

function transactionDetails(
  event: Extract<
    TraceEvent,
    { kind: 'transaction-begin' | 'transaction-commit' | 'transaction-abort' | 'transaction-offsets' }
  >,
): TextParams {
  return event.kind === 'transaction-offsets'
    ? { ...place(event), group: event.group, offset: event.offset }
    : { transaction: event.transactionalId };
}

function clusterDetails(
  event: Extract<TraceEvent, { kind: 'broker' | 'coordinator' | 'leader' | 'isr' | 'truncated' }>,
): TextParams {
  switch (event.kind) {
    case 'broker':
      return { broker: event.broker, state: event.state };
    case 'coordinator':
      return { of: event.of, broker: event.broker ?? -1 };
    case 'leader':
      return { ...place(event), leader: event.leader ?? -1, epoch: event.epoch, unclean: event.unclean ? 1 : 0 };
    case 'isr':
      return { ...place(event), isr: event.isr.join(', ') };
    case 'truncated':
      return { ...place(event), broker: event.broker, from: event.from, to: event.to };
  }
}

function databaseDetails(
  event: Extract<TraceEvent, { kind: 'statement' | 'transaction-waits' | 'rolled-back' | 'table' }>,
): TextParams {
  switch (event.kind) {
    case 'statement':
      return { database: event.database, label: event.label, outcome: event.outcome, code: event.code ?? '' };
    case 'transaction-waits':
      return { label: event.label, holder: event.holder };
    case 'rolled-back':
      return { owner: event.owner };
    case 'table':
      return { table: event.table, rows: event.rows.length };
  }
}

function requestDetails(
  event: Extract<
    TraceEvent,
    {
      kind:
        | 'request'
        | 'effect'
        | 'service-refused'
        | 'answer'
        | 'request-late'
        | 'request-lost'
        | 'request-overtakes'
        | 'answer-late'
        | 'answer-lost';
    }
  >,
): TextParams {
  switch (event.kind) {
    case 'effect':
      return {
        service: event.service,
        label: event.label,
        record: event.record ?? '',
        count: event.count,
        fabricated: event.fabricated ? 1 : 0,
        undone: event.undone === true ? 1 : 0,
      };
    case 'service-refused':
      return { service: event.service, label: event.label, status: event.status };
    case 'answer':
      return { label: event.label, status: event.status };
    case 'request':
    case 'request-late':
    case 'request-lost':
    case 'request-overtakes':
    case 'answer-late':
    case 'answer-lost':
      return { request: event.request, label: event.label };
  }
}

function endDetails(event: Extract<TraceEvent, { kind: 'process-crash' | 'process-exit' }>): TextParams {
  switch (event.kind) {
    case 'process-crash':
      return { phase: event.phase ?? '', request: event.request ?? '' };
    case 'process-exit':
      return {
        code: event.code,
        error: event.error === undefined ? '' : `${event.error.name}: ${event.error.message}`,
      };
  }
}
