/**
 * A frame of opaque origin with the workers in it, for one task. It may be made before there is a task: then its engines
 * are loaded, and grade a program of the course's own for a moment, by which the browser's compiler comes to know them.
 * Nothing of that is left for the task but the speed.
 */
import { RunnerError } from '../api';
import { readMessage } from '../engine-messages';
import { frameDocument } from './frame';
import { Team } from './team';

/** The frame itself has to say hello within so long. */
const START_MS = 15_000;

/** What a sandbox is made of. */
export interface Scripts {
  readonly worker: string;
  /** The database script; null for a lab without a database. */
  readonly database: string | null;
}

/** What to grade while nobody waits. */
export interface WarmUp {
  readonly lab: string;
  readonly source: string;
  readonly modelHash: string;
}

export type Hear = (data: unknown, member: number) => void;

export class Sandbox {
  /** Settles when it can be told something. @throws RunnerError when the frame does not start, or is closed before */
  readonly opened: Promise<void>;
  /** It has failed before it had a task. */
  isBroken = false;
  readonly team: Team;
  private readonly frame: HTMLIFrameElement;
  private readonly control = new MessageChannel();
  /** Before there is something to do, there is nothing to say but that it has failed. */
  private hear: Hear = () => this.fail();
  private endOpening: (error: Error) => void = () => undefined;
  private endWarmUp: () => void = () => undefined;

  /** @param workers that share a search */
  constructor(scripts: Scripts, workers: number) {
    this.team = new Team(workers);
    this.frame = createFrame(scripts.database !== null);
    // What the frame itself says is always of a worker's death.
    this.control.port1.onmessage = ({ data }: MessageEvent) => this.hear(data, 0);
    this.team.listen((data, member) => this.hear(data, member));
    this.opened = this.whenReady().then(() => {
      this.frame.contentWindow!.postMessage(scripts.worker, '*', [this.control.port2, ...this.team.farPorts]);
      const { database } = scripts;
      if (database !== null) this.team.tellAll(() => database);
    });
  }

  /** The frame's only message to the window; everything else goes through ports. */
  private whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        window.removeEventListener('message', onMessage);
        settle();
      };
      const onMessage = ({ source, data }: MessageEvent): void => {
        if (source === this.frame.contentWindow && data === 'exactly-once-sandbox') end(resolve);
      };
      this.endOpening = (error) => end(() => reject(error));
      const timer = setTimeout(() => this.endOpening(new RunnerError('the sandbox has not started')), START_MS);
      window.addEventListener('message', onMessage);
    });
  }

  /**
   * Lets all workers grade a program for a while, or until there is a task. Only once it is open.
   * @returns settles when that is over, whatever came of it: one that has failed says so itself
   */
  warmUp(program: WarmUp): Promise<void> {
    return new Promise<void>((resolve) => {
      let working = this.team.size;
      this.endWarmUp = resolve;
      this.hear = (data, member) => {
        const message = readWarm(data);
        if (message === null) this.fail();
        else if (!message.done) this.team.tell(member, '{"type":"warm"}');
        else if ((working -= 1) === 0) resolve();
      };
      this.team.tellAll(() => JSON.stringify({ type: 'warm', ...program }));
    });
  }

  private fail(): void {
    this.isBroken = true;
    this.endWarmUp();
  }

  /** There is a task: what comes from now on is for `hear`. */
  use(hear: Hear): void {
    this.hear = hear;
    this.endWarmUp();
  }

  /** Ends the workers as well, whatever they are doing. */
  close(): void {
    this.endOpening(new RunnerError('the sandbox has been closed'));
    this.endWarmUp();
    this.control.port1.close();
    this.team.close();
    this.frame.remove();
  }
}

/** @returns null for anything but a worker's answer to `warm` */
function readWarm(data: unknown): { readonly done: boolean } | null {
  try {
    const message = readMessage(data);
    return message.type === 'warm' ? message : null;
  } catch {
    // Unreadable is as good as failed, and is said of the sandbox so.
    return null;
  }
}

function createFrame(hasDatabase: boolean): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = '';
  frame.hidden = true;
  frame.srcdoc = frameDocument(hasDatabase);
  document.body.append(frame);
  return frame;
}
