/** A verdict as plain text, in the order of exploration.md (e): for the command line. */
import type { Recording } from '../../simulation/trace';
import type { LabWords } from '../lab';
import { isNotJudged, type AnomalyFinding, type Diagnosis, type Text, type TextParams, type Verdict } from '../verdict';
import { capital, printable, printableText, type Catalogue } from './catalogue';
import { diagnosisMessage } from './diagnosis-message';
import { en } from './en';
import { ru } from './ru';

/** @param recording the shown execution, for the ledger; null leaves the ledger out */
export function renderVerdict(
  verdict: Verdict,
  recording: Recording | null,
  locale: 'en' | 'ru',
  words: LabWords,
): string {
  const catalogue: Catalogue = locale === 'en' ? en : ru;
  const say = (id: string, params: TextParams = {}): string => (catalogue[id] ?? (() => id))(printable(params), words);
  const render = (text: Text): string => say(text.id, text.params);
  const failing = verdict.anomalies.filter((finding) => finding.failing);
  // Several may fail; the one that is told is the headline's.
  const named = failing.find(({ id }) => verdict.headline.id === `headline.${id}`) ?? failing[0];
  const blocks: string[][] = [];
  const isJudged = !isNotJudged(verdict);
  const kicker = !isJudged
    ? say('not-judged')
    : named === undefined
      ? say(`status.${verdict.status}`)
      : `${say(`anomaly.${named.id}`)} · ${say('found.faults', { faults: named.minFaults })}`;
  blocks.push([kicker, capital(render(verdict.headline)), render(verdict.boundLine)]);
  const message = verdict.diagnosis === null ? null : diagnosisMessage(verdict.diagnosis, locale);
  if (message !== null) blocks.push([`${place(verdict.diagnosis!, say)}${printableText(message)}`]);
  if (verdict.story.length > 0)
    blocks.push([
      `${say('section.story')}:`,
      ...verdict.story.map((step, index) => storyLine(step, index, render, say)),
    ]);
  if (verdict.why.length > 0)
    blocks.push([`${say('section.why')}:`, ...verdict.why.map((text) => `  ${render(text)}`)]);
  if (recording !== null && recording.ledger.length > 0)
    blocks.push([`${say('section.ledger')}:`, ...ledger(recording, words, say)]);
  const witnessed = verdict.witnesses.filter(({ executions }) => isJudged && executions > 0);
  if (witnessed.length > 0)
    blocks.push(witnessed.map(({ id, executions }) => say('witnessed', { name: say(`anomaly.${id}`), executions })));
  const allowed = verdict.anomalies.filter(({ failing: fails, rule }) => isJudged && !fails && rule === 'allowed');
  if (allowed.length > 0)
    blocks.push([`${say('section.allowed')}:`, ...allowed.map((finding) => `  ${allowedLine(finding, say)}`)]);
  if (verdict.shown !== null)
    blocks.push([`${say('section.replay')}: ${verdict.shown.executionCode} (${verdict.shown.traceHash})`]);
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

export type Say = (id: string, params?: TextParams) => string;

export function storyLine(
  step: Verdict['story'][number],
  index: number,
  render: (text: Text) => string,
  say: Say,
): string {
  const text = capital(render(step.text));
  const isSaid = step.line === undefined || new RegExp(`\\b${step.line}\\b`).test(text);
  const line = isSaid ? '' : `  (${say('line', { line: step.line ?? 0 })})`;
  return `  ${index + 1}. ${String(step.time).padStart(6)} ${say('ms')}  ${text}${line}`;
}

export function ledger(recording: Recording, words: LabWords, say: Say): string[] {
  const { effectColumn } = words;
  const cells = (row: Recording['ledger'][number], column: 'appended' | 'delivered' | 'effects'): string =>
    `${row[column]}${row.bad === column ? ' ←' : ''}`;
  const isOfJob = effectColumn === null;
  const head = isOfJob
    ? [say('ledger.record'), say('ledger.appended')]
    : [say('ledger.record'), say('ledger.appended'), say('ledger.delivered'), effectColumn, say('ledger.committed')];
  const rows = recording.ledger.map((row) =>
    isOfJob
      ? [printableText(row.record), cells(row, 'appended')]
      : [
          printableText(row.record),
          cells(row, 'appended'),
          cells(row, 'delivered'),
          cells(row, 'effects'),
          `${row.committed ? '✓' : '–'}${row.bad === 'committed' ? ' ←' : ''}`,
        ],
  );
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)));
  return [head, ...rows].map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}`,
  );
}

/** Where a file does not compile; other headlines say their line. */
function place({ kind, line, column }: Diagnosis, say: Say): string {
  if (kind !== 'syntax-error' && kind !== 'unavailable') return '';
  if (line === undefined) return '';
  return `${say('line', { line })}${column === undefined ? '' : `:${column}`}: `;
}

function allowedLine(finding: AnomalyFinding, say: Say): string {
  return `${say(`anomaly.${finding.id}`)}: ${finding.count}`;
}
