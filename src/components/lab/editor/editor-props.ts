import type { Diagnosis } from '../../../grader/verdict';
import type { Locale } from '../../format';
import type { ShownLine } from '../use-line';

/** A module beside the program that cannot be changed. */
export interface ReadOnlyFile {
  readonly name: string;
  readonly text: string;
}

/** What both editors, the full and the plain one, are given. */
export interface EditorProps {
  readonly lab: string;
  readonly file: string;
  readonly code: string;
  readonly label: string;
  readonly locale: Locale;
  readonly inputs: readonly ReadOnlyFile[];
  /** The editor takes all the height there is, instead of that of its text. */
  readonly isFilling: boolean;
  /** Line to highlight as the one that the current step came from. */
  readonly shown: ShownLine;
  /** Lines at which playing the timeline stops. */
  readonly breakpoints: ReadonlySet<number>;
  readonly onBreakpoint: (line: number) => void;
  /** Line to bring into view, and how often that was asked for. */
  readonly goTo: { readonly line: number; readonly request: number } | null;
  /** Shown as a marker at its line. */
  readonly diagnosis: Diagnosis | null;
  readonly onChange: (code: string) => void;
  readonly onRun: () => void;
}

/** Height of a line of code in pixels; editors and the text before them agree, so that opening one moves nothing. */
export function lineHeightPx(fontSize: number): number {
  return Math.round(fontSize * 1.5);
}

const linesMin = 12;
const linesMax = 32;

/** Height of an editor for so much code: all of it up to a limit, then it scrolls. */
export function editorHeightPx(code: string, fontSize: number): number {
  const lines = code.split('\n').length + 1;
  return Math.min(Math.max(lines, linesMin), linesMax) * lineHeightPx(fontSize) + 28;
}
