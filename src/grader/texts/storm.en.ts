/** Sentences of storms in English; part of `en.ts`. */
import type { TextParams } from '../verdict';
import { count, plural, type Catalogue } from './catalogue';

const number = (value: TextParams[string] | undefined): string => count('en', value);
const of = (value: TextParams[string] | undefined, one: string, other: string): string =>
  `${number(value)} ${plural('en', value, { one, other })}`;
const drawn = (p: TextParams): string =>
  `up to ${of(p['faults'], 'fault', 'faults')}, ${of(p['records'], 'record', 'records')} and ${of(p['partitions'], 'partition', 'partitions')}`;

export const stormEn: Catalogue = {
  'storm.kicker': (p) => `storm, seed ${p['seed']}`,
  'storm.headline.pass': () => 'Nothing broke in this storm',
  'storm.headline.endless': (p) =>
    `${of(p['endless'], 'run', 'runs')} did not come to an end, so the storm does not count`,
  'storm.headline.calm': () => 'No fault struck in any run',
  'storm.headline.unseen': (p) => `What this lab has to show was seen in no run: ${p['name']}`,
  'storm.bound.pass': (p) =>
    `${of(p['runs'], 'run', 'runs')} with ${drawn(p)}, ${of(p['executions'], 'execution', 'executions')} in all. A storm takes samples: what holds without exception is said by the grade with up to ${of(p['bound'], 'fault', 'faults')}.`,
  'storm.bound.fail': (p) =>
    `${number(p['failing'])} of ${of(p['runs'], 'run', 'runs')} with ${drawn(p)} ${plural('en', p['failing'], { one: 'breaks', other: 'break' })} the guarantee. Below, the first of them, made as small as it gets.`,
  'storm.faults': (p) => of(p['faults'], 'fault', 'faults'),
  'storm.found': (p) =>
    `Found by seed ${p['seed']} with ${of(p['faults'], 'fault', 'faults')} and ${of(p['records'], 'record', 'records')}`,
  'storm.made-small': (p) =>
    `Made small in ${of(p['attempts'], 'execution', 'executions')}: ${of(p['faults'], 'fault', 'faults')}, ${of(p['records'], 'record', 'records')}`,
  'storm.fewest': () => 'No plan with fewer faults shows it on these records: all were tried.',
  'storm.coverage': () => 'Runs by fault',
  'storm.seen': () => 'Runs by anomaly',
  'storm.allowed': () => 'allowed',
};
