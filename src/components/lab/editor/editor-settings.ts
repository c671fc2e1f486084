/** How the reader wants the editor, kept in the browser and shared by all labs and tabs. */
import { useSyncExternalStore } from 'react';

export interface EditorSettings {
  /** Pixels. */
  readonly fontSize: number;
  readonly isWrapped: boolean;
  /** Tab leaves the editor instead of indenting. */
  readonly tabLeaves: boolean;
  /** Tuned to screen readers, whether or not one is detected. */
  readonly isAccessible: boolean;
  /** A plain text field instead of the full editor. */
  readonly isPlain: boolean;
}

export const FONT_SIZES = [12, 13, 14, 16, 18, 21] as const;

export const DEFAULT_SETTINGS: EditorSettings = {
  fontSize: 14,
  isWrapped: false,
  tabLeaves: false,
  isAccessible: false,
  isPlain: false,
};

const KEY = 'exactly-once:editor';
const listeners = new Set<() => void>();
let current: EditorSettings | null = null;

export function useEditorSettings(): EditorSettings {
  return useSyncExternalStore(subscribe, editorSettings, () => DEFAULT_SETTINGS);
}

export function editorSettings(): EditorSettings {
  current ??= read();
  return current;
}

export function changeEditorSettings(part: Partial<EditorSettings>): void {
  current = { ...editorSettings(), ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Blocked or full: the settings hold until the page is left.
  }
  for (const listener of listeners) listener();
}

function read(): EditorSettings {
  try {
    return asSettings(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** Believes each field by itself: an older page knew fewer of them. */
export function asSettings(value: unknown): EditorSettings {
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS;
  const stored = value as Partial<Record<keyof EditorSettings, unknown>>;
  const flag = (name: 'isWrapped' | 'tabLeaves' | 'isAccessible' | 'isPlain'): boolean =>
    typeof stored[name] === 'boolean' ? stored[name] : DEFAULT_SETTINGS[name];
  const size = FONT_SIZES.find((known) => known === stored.fontSize);
  return {
    fontSize: size ?? DEFAULT_SETTINGS.fontSize,
    isWrapped: flag('isWrapped'),
    tabLeaves: flag('tabLeaves'),
    isAccessible: flag('isAccessible'),
    isPlain: flag('isPlain'),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== KEY) return;
    current = null;
    listener();
  };
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}
