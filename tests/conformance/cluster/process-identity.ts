/**
 * Which process is meant. A pid alone is not enough: it is given to another program once its owner is gone, and signals
 * of a cluster that is cleaned up later must not reach that one.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the words of the operating system: compared, never read. */
  readonly startTime: string;
}

/** The running process with that pid. @throws when there is none */
export function identify(pid: number): ProcessIdentity {
  const seen = look(pid);
  if (seen === null) throw new Error(`Process ${pid} is not running.`);
  return { pid, startTime: seen.startTime };
}

/** Whether it is this very process that runs; one that has ended and was not waited for does not. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return look(pid)?.startTime === startTime;
}

/** Sends the signal if it is this very process that runs, and says whether it was. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    process.kill(identity.pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until the process has ended. @throws after `withinMs` */
export async function waitUntilGone(identity: ProcessIdentity, withinMs = 10_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (isRunning(identity)) {
    if (performance.now() > until) throw new Error(`Process ${identity.pid} still runs after ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function look(pid: number): { readonly startTime: string } | null {
  const seen = process.platform === 'linux' ? lookInProc(pid) : lookWithPs(pid);
  // Z: ended and not waited for yet; X: being removed.
  return seen === null || /^[ZX]/.test(seen.state) ? null : seen;
}

interface Seen {
  readonly state: string;
  readonly startTime: string;
}

function lookInProc(pid: number): Seen | null {
  try {
    // The name in parentheses may hold anything; state and the rest follow it.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, startTime: fields[19]! };
  } catch {
    return null;
  }
}

function lookWithPs(pid: number): Seen | null {
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state, ...startTime] = text.split(/\s+/);
    return { state: state!, startTime: startTime.join(' ') };
  } catch {
    return null;
  }
}
