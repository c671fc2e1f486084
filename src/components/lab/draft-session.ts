import { openDraftChannel, readDraft, saveDraft, type Draft, type SaveRequest } from '../../course/drafts';
import { StorageError, type Storage, type StorageProblem } from '../../course/storage';
import { keepUnsaved, takeUnsaved } from './unsaved';

export interface DraftState {
  readonly code: string;
  /** The learner's clock at the last save; null before the first. */
  readonly savedAt: number | null;
  readonly isSaving: boolean;
  readonly problem: StorageProblem | null;
  /** What another tab saved while this one had something else; null when the two agree. */
  readonly conflict: Draft | null;
  /** Code that a reset or a choice replaced, and that can be brought back. */
  readonly replaced: string | null;
}

export interface DraftSessionOptions {
  readonly lab: string;
  readonly starter: string;
  readonly storage: Storage;
  readonly now: () => number;
  /** Pause of typing after which the draft is saved. */
  readonly pauseMs?: number;
}

/**
 * One lab's draft in one tab: saves after each pause of typing, follows what other tabs save as long as nothing of its
 * own is unsaved, and never writes over a version that it has not seen.
 */
export class DraftSession {
  private state: DraftState;
  private version = 0;
  private isDirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saves: Promise<void> = Promise.resolve();
  private channel: ReturnType<typeof openDraftChannel> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly options: DraftSessionOptions;

  constructor(options: DraftSessionOptions) {
    this.options = options;
    this.state = {
      code: options.starter,
      savedAt: null,
      isSaving: false,
      problem: null,
      conflict: null,
      replaced: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): DraftState => this.state;

  /** Restores the draft and listens to other tabs until the returned function is called. */
  start(): () => void {
    const { lab } = this.options;
    this.channel = openDraftChannel((news) => {
      if (news.lab === lab && news.version > this.version) void this.restore();
    });
    const leave = (): void => {
      if (document.visibilityState !== 'hidden') return;
      if (this.isDirty) keepUnsaved(lab, { code: this.state.code, basedOn: this.version });
      void this.flush();
    };
    document.addEventListener('visibilitychange', leave);
    void this.restore().then(() => this.restoreUnsaved());
    return () => {
      document.removeEventListener('visibilitychange', leave);
      void this.flush();
      this.channel?.close();
      this.channel = null;
    };
  }

  readonly edit = (code: string): void => {
    if (code === this.state.code) return;
    this.isDirty = true;
    // Not saved until it is: the note says so from the first keystroke on.
    this.change({ code, isSaving: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.options.pauseMs ?? 400);
  };

  /** Puts the starter back and keeps what was there. */
  readonly reset = (): void => this.replace(this.options.starter);

  /** Puts another program in: of an earlier run, or of a link. What was there is kept. */
  readonly take = (code: string): void => {
    if (code !== this.state.code) this.replace(code);
  };

  /** Exchanges the code with the one that was replaced, so that this too can be undone. */
  readonly bringBack = (): void => {
    if (this.state.replaced !== null) this.replace(this.state.replaced);
  };

  readonly takeTheirs = (): void => {
    const { conflict, code } = this.state;
    if (conflict === null) return;
    this.version = conflict.version;
    this.change({ conflict: null, code: conflict.code, replaced: code });
    this.isDirty = true;
    void this.flush();
  };

  readonly keepMine = (): void => {
    const { conflict } = this.state;
    if (conflict === null) return;
    this.change({ conflict: null, replaced: conflict.code });
    void this.save('any');
  };

  /** Saves now what is unsaved. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    return this.isDirty && this.state.conflict === null ? this.save() : this.saves;
  }

  /** A storage problem met elsewhere on the page, such as when evidence is written. */
  readonly report = (error: unknown): void => {
    if (!(error instanceof StorageError)) throw error;
    this.change({ problem: error.problem, isSaving: false });
  };

  private replace(code: string): void {
    const before = this.state.code;
    this.isDirty = true;
    this.change({ code, replaced: before === this.options.starter ? null : before });
    void this.flush();
  }

  /** Reads what is stored: taken over when this tab has nothing unsaved, else a conflict to be settled. */
  private async restore(): Promise<void> {
    try {
      const draft = await readDraft(this.options.storage, this.options.lab);
      if (draft === null || draft.version <= this.version) return;
      if (this.isDirty && draft.code !== this.state.code) {
        this.change({ conflict: draft });
        return;
      }
      this.version = draft.version;
      this.change({ code: draft.code, savedAt: draft.savedAt, replaced: draft.replaced });
    } catch (error) {
      this.report(error);
    }
  }

  /** What the last visit could not save any more, unless somebody has saved since. */
  private restoreUnsaved(): void {
    const unsaved = takeUnsaved(this.options.lab);
    if (unsaved === null || unsaved.basedOn !== this.version || this.isDirty) return;
    if (unsaved.code === this.state.code) return;
    this.isDirty = true;
    this.change({ code: unsaved.code });
    void this.flush();
  }

  /** Saves follow one another, each based on the version that the one before it made. */
  private save(basedOn?: SaveRequest['basedOn']): Promise<void> {
    this.saves = this.saves.then(async () => {
      const { code, replaced } = this.state;
      const { lab, storage, now } = this.options;
      this.change({ isSaving: true });
      try {
        const outcome = await saveDraft(storage, { lab, code, basedOn: basedOn ?? this.version, replaced, now: now() });
        if (outcome.kind === 'conflict') {
          this.change({ isSaving: false, conflict: outcome.theirs });
          return;
        }
        this.version = outcome.draft.version;
        this.isDirty = this.state.code !== code;
        if (!this.isDirty) takeUnsaved(lab);
        this.change({ isSaving: this.isDirty, savedAt: outcome.draft.savedAt, problem: null });
        this.channel?.announce({ lab, version: this.version });
      } catch (error) {
        this.report(error);
      }
    });
    return this.saves;
  }

  private change(part: Partial<DraftState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
