/**
 * The two scripts that run inside the sandbox, as text: the frame's, which only starts the worker, and the worker's,
 * which drives the engine. Text, because the frame has an opaque origin and can load nothing.
 */
import { PROGRAM_URL } from '../environment/describe-error';

/**
 * No network, no storage, no code from text; the worker's script and the compiled program are blobs. WebAssembly, which
 * SQLite is, only for labs with a database; no program can name it there either.
 */
export function contentSecurityPolicy(hasDatabase: boolean): string {
  const wasm = hasDatabase ? " 'wasm-unsafe-eval'" : '';
  return `default-src 'none'; script-src 'unsafe-inline' blob:${wasm}; worker-src blob:; connect-src 'none'`;
}

/** Takes the worker's script and ports from the page, the first for itself and one a worker; tells when a worker has died. */
const FRAME_SCRIPT = `
addEventListener('message', (event) => {
  if (event.source !== parent || event.ports.length < 2 || typeof event.data !== 'string') return;
  const [control, ...works] = event.ports;
  const fail = (event) => {
    event.preventDefault();
    control.postMessage(JSON.stringify({ type: 'error', message: String(event.message || 'the worker has failed') }));
  };
  try {
    const url = URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' }));
    for (const work of works) {
      const worker = new Worker(url);
      worker.onerror = fail;
      worker.onmessageerror = fail;
      worker.postMessage(null, [work]);
    }
  } catch (error) {
    fail({ message: error.message, preventDefault() {} });
  }
}, { once: true });
parent.postMessage('exactly-once-sandbox', '*');
`;

export function frameDocument(hasDatabase: boolean): string {
  const policy = contentSecurityPolicy(hasDatabase);
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${FRAME_SCRIPT}</script>`;
}

/**
 * Keeps what it needs of the worker's globals for itself, before the engine (which follows it in the same script) takes
 * them away from everybody.
 */
const WORKER_HEAD = `"use strict";
const __eo_host = (() => {
  const { performance, Blob, URL } = self;
  const load = self.importScripts.bind(self);
  const makeUrl = URL.createObjectURL.bind(URL), revokeUrl = URL.revokeObjectURL.bind(URL);
  const listen = self.addEventListener.bind(self);
  const now = performance.now.bind(performance);
  const post = Function.prototype.call.bind(MessagePort.prototype.postMessage);
  return {
    now, listen, post,
    evaluate(script, name) {
      const url = makeUrl(new Blob([script + '\\n//# sourceURL=' + name], { type: 'text/javascript' }));
      try { load(url); } finally { revokeUrl(url); }
    },
  };
})();
`;

/** Between two reports to the page, which takes them for signs of life. */
const REPORT_EVERY_MS = 50;

/** What a worker is warmed up for in all, and before it looks whether there is a task. */
const WARM_UP_MS = 1200;
const WARM_UP_SLICE_MS = 25;
/** Executions between two looks at the clock then: the first ones take milliseconds each. */
const WARM_UP_EXECUTIONS = 4;

const WORKER_TAIL = `
{
  const { now, listen, post, evaluate } = __eo_host;
  const engine = __eo;
  // The database script, for labs that need it; it comes before the task.
  let database = null;
  let hasDatabase = false;
  const loadProgram = ({ script, needsDatabase }) => {
    if (needsDatabase && !hasDatabase) evaluate(database, 'database.js');
    hasDatabase ||= needsDatabase;
    evaluate(script, '${PROGRAM_URL}');
  };
  // Grades a program of the course's own for a while; what comes of it is of no interest.
  let warmMs = 0;
  const warm = (send, text, { source }) => {
    const begin = now();
    if (source !== undefined) {
      const compiled = JSON.parse(engine.compile(text));
      if (compiled.script === undefined) throw new Error('the program to warm up with does not compile');
      loadProgram(compiled);
      engine.start(text);
    }
    let done = false;
    do ({ done } = JSON.parse(engine.advance(${WARM_UP_EXECUTIONS})));
    while (!done && now() - begin < ${WARM_UP_SLICE_MS});
    warmMs += now() - begin;
    send(JSON.stringify({ type: 'warm', done: done || warmMs >= ${WARM_UP_MS} }));
  };
  // A search that several workers share: goes on to the end of its part of a level, and tells what it has seen.
  let startedAt = 0;
  const runLevel = (send) => {
    for (let reportedAt = now(); ;) {
      const { done, progress, shares } = JSON.parse(engine.level());
      if (done || now() - reportedAt >= ${REPORT_EVERY_MS}) {
        reportedAt = now();
        send(JSON.stringify({ type: 'progress', progress }));
      }
      if (done) return send(JSON.stringify({ type: 'level', shares }));
    }
  };
  // Given what all workers have seen. The first of them words the verdict.
  const proceed = (send, { isFirst, shares }) => {
    const { isOver, preview } = JSON.parse(engine.proceed(JSON.stringify(shares)));
    if (isOver) {
      if (isFirst) send('{"type":"result","result":' + engine.result(Math.round(now() - startedAt)) + '}');
      return;
    }
    if (isFirst && preview !== null) send(JSON.stringify({ type: 'preview', result: preview }));
    runLevel(send);
  };
  const perform = (port, text) => {
    const send = (message) => post(port, message);
    const task = JSON.parse(text);
    const { type } = task;
    if (type === 'proceed') return proceed(send, task);
    if (type === 'warm') return warm(send, text, task);
    if (type === 'diagnose') return send('{"type":"result","result":' + engine.diagnose(text) + '}');
    const compiled = JSON.parse(engine.compile(text));
    if (compiled.script === undefined) return send(JSON.stringify({ type: 'result', result: compiled.result }));
    loadProgram(compiled);
    if (type === 'replay') {
      const { recording, error } = JSON.parse(engine.replay(text));
      return send(JSON.stringify(recording === undefined ? { type: 'error', message: error } : { type: 'recording', recording }));
    }
    startedAt = now();
    engine.start(text);
    if (task.team !== undefined) return runLevel(send);
    for (let reportedAt = startedAt; ;) {
      const { done, progress, preview } = JSON.parse(engine.advance());
      if (done) break;
      if (preview !== null) send(JSON.stringify({ type: 'preview', result: preview }));
      if (now() - reportedAt < ${REPORT_EVERY_MS}) continue;
      reportedAt = now();
      send(JSON.stringify({ type: 'progress', progress }));
    }
    send('{"type":"result","result":' + engine.result(Math.round(now() - startedAt)) + '}');
  };
  listen('message', (event) => {
    const [port] = event.ports;
    port.onmessage = ({ data }) => {
      try {
        if (data.startsWith('__eo_database')) database = data;
        else perform(port, data);
      } catch (error) {
        post(port, JSON.stringify({ type: 'error', message: String(error && error.stack || error).slice(0, 2000) }));
      }
    };
  }, { once: true });
}
`;

export function workerScript(engineCode: string): string {
  return `${WORKER_HEAD}${engineCode}\n${WORKER_TAIL}`;
}
