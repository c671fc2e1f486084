import {
  dropSetAside,
  isSame,
  keep,
  openKeptChannel,
  readKept,
  readSetAside,
  type KeptRun,
} from '../../course/playground/kept';
import { openPlaygroundLink, type LinkProblem } from '../../course/playground/link';
import type { PlaygroundState } from '../../course/playground/state';
import { StorageError, type Storage, type StorageProblem } from '../../course/storage';

export interface KeptState {
  /** False until it is known what to begin with. */
  readonly isReady: boolean;
  /** The run came with a link, and is not kept. */
  readonly isCopy: boolean;
  readonly linkProblem: LinkProblem | null;
  readonly storageProblem: StorageProblem | null;
  /** What another tab has kept while this one shows something else; nothing is kept until the reader has chosen. */
  readonly conflict: KeptRun | null;
  /** What was kept and cannot be read. */
  readonly setAside: readonly unknown[];
}

export interface KeptSessionOptions {
  readonly storage: Storage;
  /** What to begin with when nothing was kept. */
  readonly first: PlaygroundState;
  /** Another run altogether is to be shown. */
  readonly replace: (next: PlaygroundState) => void;
  /** The run is to be shown, and undo brings back what was there. */
  readonly change: (next: PlaygroundState) => void;
  readonly pauseMs?: number;
}

/** The run of one tab: begins with the link in the address, or with what was kept, and keeps what changes. */
export class KeptSession {
  private state: KeptState = {
    isReady: false,
    isCopy: false,
    linkProblem: null,
    storageProblem: null,
    conflict: null,
    setAside: [],
  };
  private version = 0;
  private shown: PlaygroundState;
  private isDirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private channel: ReturnType<typeof openKeptChannel> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: KeptSessionOptions) {
    this.shown = options.first;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): KeptState => this.state;

  /** Listens to other tabs until the returned function is called. */
  start(): () => void {
    this.channel = openKeptChannel(() => void this.hear());
    return () => {
      void this.flush();
      this.channel?.close();
      this.channel = null;
    };
  }

  /** Begins with what the address says, or with what was kept. */
  async open(fragment: string): Promise<void> {
    const link = openPlaygroundLink(fragment);
    const kept = await this.try(() => readKept(this.options.storage));
    const setAside = (await this.try(() => readSetAside(this.options.storage))) ?? [];
    this.version = kept?.version ?? 0;
    this.isDirty = false;
    this.shown = link?.ok === true ? link.state : (kept?.state ?? this.options.first);
    this.options.replace(this.shown);
    this.tell({
      isReady: true,
      isCopy: link?.ok === true,
      linkProblem: link?.ok === false ? link.problem : null,
      conflict: null,
      setAside,
    });
  }

  /** The page shows this now. */
  changed(state: PlaygroundState): void {
    if (state === this.shown) return;
    this.shown = state;
    if (!this.state.isReady) return;
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.options.pauseMs ?? 300);
  }

  /** Keeps now what is not kept yet. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const { isCopy, conflict } = this.state;
    if (this.isDirty && !isCopy && conflict === null) await this.keep(this.version);
  }

  readonly keepCopy = async (): Promise<void> => {
    const kept = await this.try(() => readKept(this.options.storage));
    this.tell({ isCopy: false });
    if (kept !== null) this.showOver(kept.state);
    await this.keep('any');
  };

  readonly takeTheirs = (): void => {
    const { conflict } = this.state;
    if (conflict === null) return;
    this.version = conflict.version;
    this.shown = conflict.state;
    this.isDirty = false;
    this.tell({ conflict: null });
    this.options.change(conflict.state);
  };

  readonly keepMine = (): void => {
    const { conflict } = this.state;
    if (conflict === null) return;
    this.tell({ conflict: null });
    this.showOver(conflict.state);
    void this.keep('any');
  };

  readonly dropSetAside = (): void => {
    this.tell({ setAside: [] });
    void this.try(() => dropSetAside(this.options.storage));
  };

  /** What this run replaces is one undo away. */
  private showOver(other: PlaygroundState): void {
    const mine = this.shown;
    if (isSame(mine, other)) return;
    this.options.change(other);
    this.options.change(mine);
  }

  private async keep(basedOn: number | 'any'): Promise<void> {
    const state = this.shown;
    this.isDirty = false;
    const outcome = await this.try(() => keep(this.options.storage, state, basedOn));
    if (outcome === null) {
      this.isDirty = true;
      return;
    }
    if (outcome.kind === 'conflict') {
      this.isDirty = true;
      this.tell({ conflict: outcome.theirs });
      return;
    }
    this.version = outcome.version;
    this.tell({ storageProblem: null });
    this.channel?.announce();
  }

  /** Another tab has kept something. */
  private async hear(): Promise<void> {
    if (this.state.isCopy) return;
    const theirs = await this.try(() => readKept(this.options.storage));
    if (theirs === null || theirs.version <= this.version) return;
    if (!isSame(theirs.state, this.shown)) {
      this.tell({ conflict: theirs });
      return;
    }
    this.version = theirs.version;
    this.tell({ conflict: null });
  }

  /** Null when the storage fails, which the page then says. */
  private async try<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.tell({ storageProblem: error.problem });
      return null;
    }
  }

  private tell(news: Partial<KeptState>): void {
    this.state = { ...this.state, ...news };
    for (const listener of this.listeners) listener();
  }
}
