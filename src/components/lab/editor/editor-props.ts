import type { Diagnosis } from '../../../grader/verdict';
import type { Locale } from '../../format';

/** What both editors, the full and the plain one, are given. */
export interface EditorProps {
  readonly lab: string;
  readonly file: string;
  readonly code: string;
  readonly label: string;
  readonly locale: Locale;
  /** Line to highlight as the one that the current step came from. */
  readonly line: number | null;
  /** Line to bring into view, and how often that was asked for. */
  readonly goTo: { readonly line: number; readonly request: number } | null;
  /** Shown as a marker at its line. */
  readonly diagnosis: Diagnosis | null;
  readonly onChange: (code: string) => void;
  readonly onRun: () => void;
}

/** Both editors and the text before them set code in lines of this height, so that opening one moves nothing. */
export const lineHeightPx = 21;

const linesMin = 12;
const linesMax = 32;

/** Height of an editor for so much code: all of it up to a limit, then it scrolls. */
export function editorHeightPx(code: string): number {
  const lines = code.split('\n').length + 1;
  return Math.min(Math.max(lines, linesMin), linesMax) * lineHeightPx + 28;
}
