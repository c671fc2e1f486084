/** Runs a probe with exactly the flags and the environment of the Node host's child process. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childFlags } from '../../src/runner/node/host';

const PROBE = `
const results = {};
const attempt = (name, work) => { try { work(); results[name] = 'allowed'; } catch (error) { results[name] = error.code; } };
const secret = process.argv[2];
attempt('read', () => require('fs').readFileSync(secret));
attempt('write', () => require('fs').writeFileSync(secret, 'changed'));
attempt('spawn', () => require('child_process').spawnSync('true'));
attempt('worker', () => new (require('worker_threads').Worker)('', { eval: true }));
results.env = Object.keys(process.env);
process.stdout.write(JSON.stringify(results));
`;

export async function childProbe(secretFile: string): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'probe-'));
  const file = path.join(folder, 'probe.cjs');
  writeFileSync(file, PROBE);
  try {
    const child = spawn(process.execPath, [...childFlags([file], 64), file, secretFile], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    return JSON.parse(text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
