/** Words around a lab before it is run. Those of verdict and timeline are in `result-strings`, loaded with them. */
import type { FaultKind } from '../grader/verdict';
import { plural } from './format';

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
    silent: {
      title: 'The engine does not answer',
      help: 'Nothing came back for half a minute. Stop and run again; if it happens again, reload the page.',
    },
  },
  runRecorded: 'A recorded run',
  runSource: 'Its program',
};

export type Strings = typeof en;
