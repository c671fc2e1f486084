/** The process of one client: asked in JSON lines, killed and paused by signals. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Ask, ClientError, Event } from '../protocol';

/** An error of the client itself: an outcome. */
export class ClientFailed extends Error {
  override readonly name = 'ClientFailed';

  constructor(readonly client: ClientError) {
    super(`${client.name}: ${client.message}`);
  }
}

/** The process ended before it answered. */
export class ProcessGone extends Error {
  override readonly name = 'ProcessGone';
}

/** Nothing takes longer unless it is meant to stay pending. */
const ANSWER_MS = 120_000;
/** A client that does not close by then is waiting for its handler. */
const CLOSE_MS = 20_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface ProcessCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export class ClientProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private nextNumber = 1;
  private isEnded = false;
  private errors = '';

  constructor(
    readonly name: string,
    { command, args, cwd }: ProcessCommand,
    private readonly onEvent: (event: Event) => void,
    /** Told of every line in both directions. */
    private readonly keep: (line: string) => void = () => undefined,
  ) {
    this.child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.hear(line));
    this.child.stderr!.on('data', (data) => (this.errors = (this.errors + String(data)).slice(-4000)));
    // Writing to a process that was killed is an outcome like any other.
    this.child.stdin!.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.once('close', () => {
        this.isEnded = true;
        for (const { reject } of [...this.waiting.values()]) reject(this.gone());
        resolve();
      });
    });
  }

  get isRunning(): boolean {
    return !this.isEnded && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws ClientFailed, ProcessGone */
  ask(ask: Ask): Promise<unknown> {
    if (!this.isRunning) return Promise.reject(this.gone());
    const n = this.nextNumber++;
    const withinMs = ask.cmd === 'close' ? CLOSE_MS : ANSWER_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(n);
        reject(new Error(`${this.name} did not answer ${ask.cmd} within ${withinMs / 1000} s.`));
      }, withinMs);
      const settle =
        <T>(end: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.waiting.delete(n);
          end(value);
        };
      this.waiting.set(n, { resolve: settle(resolve), reject: settle(reject) });
      const line = JSON.stringify({ n, ...ask });
      this.keep(`${this.name} < ${line}`);
      this.child.stdin!.write(`${line}\n`);
    });
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** SIGKILL, which ends a paused process too. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private hear(line: string): void {
    this.keep(`${this.name} > ${line}`);
    // A library may print something; only objects are for us.
    if (!line.startsWith('{')) return;
    const heard = JSON.parse(line) as Answer | Event;
    if ('event' in heard) this.onEvent(heard);
    else if ('ok' in heard) this.waiting.get(heard.n)?.resolve(heard.ok);
    else this.waiting.get(heard.n)?.reject(new ClientFailed(heard.err));
  }

  private gone(): ProcessGone {
    const tail = this.errors.trim();
    return new ProcessGone(`The process of ${this.name} has ended.${tail === '' ? '' : ` It said: ${tail}`}`);
  }
}
