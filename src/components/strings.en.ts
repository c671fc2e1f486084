/** Words around a lab before it is run. Those of verdict and timeline are in `result-strings`, loaded with them. */
import type { FaultKind } from '../grader/verdict';
import { formatNumber, plural } from './format';

const faultKinds: Readonly<Record<FaultKind, string>> = {
  crash: 'process crash, anywhere',
  'lost-answer': 'lost answer',
  'lost-request': 'lost request',
  'connection-lost-before-commit': 'database connection lost before the commit',
  'connection-lost-after-commit': 'database connection lost after the commit',
  'service-error': 'service answers 500',
  'service-timeout': 'service does its work and never answers',
  pause: 'process frozen until its group has replaced it',
  restart: 'clean restart',
};

export const en = {
  lab: (minutes: number): string => `Lab · about ${plural('en', minutes, { one: 'minute', other: 'minutes' })}`,
  faultsHeading: 'What will happen to your program',
  faultsBound: (max: number): string =>
    `in every combination of up to ${plural('en', max, { one: 'fault', other: 'faults' })}`,
  faultKinds,
  run: 'Run',
  runAgain: 'Run again',
  stop: 'Stop',
  edit: 'Edit',
  reset: 'Reset',
  bringBack: 'Bring it back',
  resetDone: 'This is the starter again. Your code is kept.',
  otherKept: 'Another version of your code is kept.',
  saved: (time: string): string => `Saved · ${time}`,
  saving: 'Saving…',
  download: 'Download the file',
  editorLoading: 'The editor is loading…',
  editorLabel: (file: string): string => `Program ${file}. Escape, then Tab leaves the editor.`,
  editorHintTabLeaves: 'Tab leaves the editor; Ctrl+M makes it indent again.',
  editorHint: 'Tab indents. Esc, then Tab leaves the editor; Ctrl+M switches Tab for good.',
  runHint: (keys: string): string => `${keys} runs`,
  editorFailed: 'The full editor did not load, so this is a plain one. Running works the same.',
  tryAgain: 'Try again',
  result: 'Result',
  resultEmpty: 'Run the program: every execution that these faults allow is tried, and what happened is shown here.',
  preparing: 'Preparing…',
  exploring: (executions: string, faults: string): string => `${executions} executions, now with ${faults}`,
  exploringFaults: (count: number): string =>
    count === 0 ? 'no fault' : plural('en', count, { one: 'fault', other: 'faults' }),
  progressLabel: 'Executions explored',
  failingFound: 'a failing one is found',
  stale: 'The program has changed since this verdict.',
  passedBefore: (time: string): string => `Passed before, on ${time}`,
  verdictReady: 'Result below',
  storage: {
    full: 'There is no room left in the browser’s storage, so your code is not saved. Download the file to keep it.',
    blocked:
      'The browser does not let this page store anything, so your code is not saved. Download the file to keep it.',
    corrupt:
      'The browser’s storage does not answer as it should, so your code may not be saved. Download the file to keep it.',
    conflict: 'This lab was changed in another tab. Which version do you keep?',
    takeTheirs: 'Take the other tab’s',
    keepMine: 'Keep this one',
  },
  errors: {
    offline: {
      title: 'The engine could not be loaded',
      help: 'You seem to be offline and this part of the course is not on the device yet. Connect once and run again; your code is kept.',
    },
    load: {
      title: 'The engine could not be loaded',
      help: 'A part of the page is missing, most often because a newer version was published. Reload the page; your code is kept.',
    },
    engine: {
      title: 'The engine could not be started',
      help: 'This says nothing about your program. Reload the page; if it happens again, try another browser or run the file with the command line.',
    },
    replay: {
      title: 'This execution cannot be replayed',
      help: 'Its code does not fit the program or the lab as they are now. Run the program to see what fits.',
    },
    silent: {
      title: 'The engine does not answer',
      help: 'Nothing came back for half a minute. Stop and run again; if it happens again, reload the page.',
    },
  },
  fullScreen: 'Full screen',
  backToLesson: 'Back to the lesson',
  keysAndSettings: 'Keys and settings',
  close: 'Close',
  taskWidth: 'Width of the task',
  resultWidth: 'Width of the result',
  files: 'Files',
  readOnly: 'read-only',
  readOnlyFile: (file: string): string => `${file}, read-only`,
  share: 'Copy a link to my code',
  shareCopied: 'Link copied.',
  shareTooLong: 'The link is long; some programs cut it off. A file is safer.',
  shareUrl: 'Link to this program',
  history: (count: number): string => `Your runs (${formatNumber('en', count)})`,
  takeAttempt: 'Take this program',
  copy: {
    isOne: 'This program came with a link. It is a copy: your own is untouched, and nothing runs until you run it.',
    keep: 'Keep it as mine',
    leave: 'Back to mine',
    replayAsked: (execution: string): string => `The link leads to one execution of this program: ${execution}`,
    replay: 'Replay it',
    problems: {
      'newer-format':
        'The program in this link was written by a newer version of the course. Reload the page and open the link again.',
      'other-starter':
        'The program in this link was made for another version of this lab, so it cannot be restored. Ask for it as a file.',
      damaged: 'The program in this link is incomplete: the link was probably cut off on its way. Ask for it again.',
    },
  },
  settings: {
    title: 'Editor',
    fontSize: 'font size',
    isWrapped: 'Wrap long lines',
    tabLeaves: 'Tab leaves the editor instead of indenting',
    isAccessible: 'Tune the editor to a screen reader',
    isPlain: 'Plain text field instead of the full editor',
  },
  keys: {
    title: 'Keys',
    list: [
      ['Ctrl+Enter', 'Run the program'],
      ['Ctrl+S', 'Save and run'],
      ['Esc, Tab', 'Leave the editor'],
      ['Ctrl+M', 'Tab indents, or leaves the editor'],
      ['Ctrl+Space', 'Complete'],
      ['Ctrl+F', 'Find in the program'],
      ['Shift+Alt+F', 'Format the program'],
      ['Alt+Click', 'One more cursor'],
      ['F1', 'All commands of the editor'],
      ['↑ ↓', 'In the timeline: one step back or forward'],
      ['Home, End', 'In the timeline: first and last step'],
      ['Space', 'In the timeline: play and pause'],
      ['?', 'This list'],
    ] as readonly (readonly [string, string])[],
  },
  runRecorded: 'A recorded run',
  runSource: 'Its program',
};

export type Strings = typeof en;
