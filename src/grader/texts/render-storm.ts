/** The report of a storm as plain text: for the command line. */
import type { Recording } from '../../simulation/trace';
import type { LabWords } from '../lab';
import type { StormReport } from '../storm/storm-report';
import type { Text, TextParams } from '../verdict';
import { capital, printable } from './catalogue';
import { en } from './en';
import { ledger, storyLine, type Say } from './render-verdict';
import { ru } from './ru';

/** @param recording the smallest failure, for the ledger; null without one */
export function renderStorm(
  report: StormReport,
  recording: Recording | null,
  locale: 'en' | 'ru',
  words: LabWords,
): string {
  const catalogue = locale === 'en' ? en : ru;
  const say: Say = (id, params = {}) => (catalogue[id] ?? (() => id))(printable(params), words);
  const render = ({ id, params }: Text): string => say(id, named(params, say));
  const { failure } = report;
  const kicker = [say('storm.kicker', { seed: report.seed })];
  if (failure === null) kicker.push(say(`status.${report.status}`));
  else {
    kicker.push(say(`anomaly.${failure.anomaly}`));
    kicker.push(say('storm.faults', { faults: failure.minimal.plan.length }));
  }
  const blocks: string[][] = [[kicker.join(' · '), capital(render(report.headline)), render(report.boundLine)]];
  if (report.story.length > 0)
    blocks.push([
      `${say('section.story')}:`,
      ...report.story.map((step, index) => storyLine(step, index, render, say)),
    ]);
  if (report.why.length > 0) blocks.push([`${say('section.why')}:`, ...report.why.map((text) => `  ${render(text)}`)]);
  if (recording !== null && recording.ledger.length > 0)
    blocks.push([`${say('section.ledger')}:`, ...ledger(recording, words, say)]);
  blocks.push(...countLines(report, say));
  if (failure !== null) blocks.push(codeLines(failure, say));
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

/** An anomaly by its name in the language. */
function named(params: TextParams, say: Say): TextParams {
  return params['anomaly'] === undefined ? params : { ...params, name: say(`anomaly.${params['anomaly']}`) };
}

function countLines({ coverage, anomalies }: StormReport, say: Say): string[][] {
  const blocks: string[][] = [];
  const struck = Object.entries(coverage).map(([kind, runs]) => `${say(`fault.${kind}`)} ${runs}`);
  if (struck.length > 0) blocks.push([`${say('storm.coverage')}: ${struck.join(', ')}`]);
  const seen = anomalies.map(({ id, rule, runs }) => {
    const note = rule === 'allowed' ? ` (${say('storm.allowed')})` : '';
    return `${say(`anomaly.${id}`)} ${runs}${note}`;
  });
  if (seen.length > 0) blocks.push([`${say('storm.seen')}: ${seen.join(', ')}`]);
  return blocks;
}

function codeLines(failure: NonNullable<StormReport['failure']>, say: Say): string[] {
  const { found, minimal, seed, attempts, isFewest } = failure;
  const small = { attempts, faults: minimal.plan.length, records: minimal.records.length };
  return [
    `${say('storm.found', { seed, faults: found.faults, records: found.records })}: ${found.executionCode}`,
    say('storm.made-small', small),
    ...(isFewest && minimal.plan.length > 0 ? [say('storm.fewest')] : []),
    `${say('section.replay')}: ${minimal.executionCode} (${minimal.traceHash})`,
  ];
}
