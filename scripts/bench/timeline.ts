/**
 * What a step costs in a long execution: the lab's own page replays a program with 2,000 events, and the timeline is
 * stepped, dragged and searched for causes while every frame is looked at.
 *
 *     npm run build && npm run bench -- --only timeline
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { encodeCode } from '../../src/course/lab-code';
import { formatLabLink } from '../../src/course/lab-link';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { format, median } from './median';

const LAB = 'at-least-once-consumer';
/** Events that the recording has at least. */
const EVENTS = 2000;
/** Steps of one measurement. */
const STEPS = 400;
/** A frame at 60 Hz. */
const FRAME_MS = 1000 / 60;

/** A handler that asks the shipping service again and again: a request, its refusal and its answer each time. */
const CHATTY = `import { KafkaJS } from '@confluentinc/kafka-javascript';
const { KAFKA_BROKERS = 'localhost:9092', SHIPPING_URL } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'warehouse', fromBeginning: true, autoCommit: false } });
await consumer.connect();
await consumer.subscribe({ topics: ['orders'] });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const { id, item } = JSON.parse(String(message.value));
    for (let i = 0; i < 180; i += 1) await fetch(\`\${SHIPPING_URL}/shipments/\${i}\`);
    await fetch(\`\${SHIPPING_URL}/shipments\`, { method: 'POST', body: JSON.stringify({ order: id, item }) });
    await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
  },
});
`;

interface Frames {
  /** Between one frame and the next, a step in each. */
  readonly intervals: readonly number[];
  /** What the page itself had to do for the step: from the key to the end of the frame's own work. */
  readonly work: readonly number[];
}

interface TimelineFigures {
  readonly rows: number;
  readonly gestures: readonly { readonly name: string; readonly frames: Frames }[];
}

/** @param origin where the built site is served */
async function measureTimeline(root: string, origin: string): Promise<TimelineFigures> {
  const browser = await chromium.launch({ executablePath: ensureChromium() });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const rows = await openLongRun(page, root, origin);
    // What runs TypeScript here wraps functions in calls of this helper, also those that are sent to the page.
    await page.evaluate('globalThis.__name = (target) => target');
    const gestures = [];
    for (const name of ['step', 'drag', 'step with causes'] as const) {
      if (name === 'step with causes')
        await page.locator(`#lab-${LAB}`).getByRole('checkbox', { name: 'Causes' }).check();
      gestures.push({ name, frames: await page.evaluate(playGesture, { isDrag: name === 'drag', steps: STEPS }) });
    }
    return { rows, gestures };
  } finally {
    await browser.close();
  }
}

/** Opens a link to the execution, as somebody would who was sent it. @returns rows of the timeline */
async function openLongRun(page: Page, root: string, origin: string): Promise<number> {
  const starter = readFileSync(path.join(root, 'labs', LAB, 'starter.ts'), 'utf8');
  const link = formatLabLink({
    lab: LAB,
    isFull: true,
    execution: 'v0:-',
    step: 100,
    code: encodeCode(CHATTY, starter),
  });
  await page.goto(`${origin}lessons/at-least-once/${link}`);
  await page.getByRole('button', { name: 'Replay it' }).click();
  await page.locator(`#lab-${LAB}`).getByRole('checkbox', { name: 'All events' }).check({ timeout: 60_000 });
  const rows = Number(await page.locator(`#lab-${LAB}`).getByRole('slider').getAttribute('max'));
  if (rows < EVENTS) throw new Error(`The execution has ${rows} events; ${EVENTS} are to be measured.`);
  return rows;
}

/** In the page: one step a frame, by key or by slider. */
async function playGesture({ isDrag, steps }: { readonly isDrag: boolean; readonly steps: number }): Promise<Frames> {
  const slider = document.querySelector<HTMLInputElement>('section[id^="lab-"] input[type=range]')!;
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
  const rows = Number(slider.max);
  const move = (step: number): void => {
    if (isDrag) {
      setValue.call(slider, String(1 + ((step * 37) % rows)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    } else {
      const current = document.querySelector('section[id^="lab-"] ol [aria-current=step]')!;
      current.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    }
  };
  const intervals: number[] = [];
  const work: number[] = [];
  const channel = new MessageChannel();
  let last = 0;
  for (let step = 0; step < steps; step += 1) {
    const frame = await new Promise<number>(requestAnimationFrame);
    if (last > 0) intervals.push(frame - last);
    last = frame;
    const begin = performance.now();
    move(step);
    // The message comes once style, layout and paint of this frame are done.
    await new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });
    work.push(performance.now() - begin);
  }
  return { intervals, work };
}

function describeTimeline({ rows, gestures }: TimelineFigures): string {
  const lines = gestures.map(({ name, frames: { intervals, work } }) => {
    const dropped = intervals.filter((interval) => interval > FRAME_MS * 1.5).length;
    const cells = [median(work), percentile(work, 0.95), median(intervals)].map((value) => `${value.toFixed(1)} ms`);
    return `| ${name} | ${cells.join(' | ')} | ${dropped} of ${intervals.length} |`;
  });
  return [
    `A replayed execution of ${format(rows)} events, all of them shown, in the lab's own page at full screen (1440 × 900); a step in every frame.`,
    '',
    '| gesture | work per step, median | 95 % | from frame to frame, median | dropped frames |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Serves the built site, measures, and words the outcome. The server ends with the process. */
export async function timelineFigures(root: string): Promise<string> {
  const origin = await serve({ port: 0, host: '127.0.0.1', isPortStrict: true });
  return describeTimeline(await measureTimeline(root, origin));
}
