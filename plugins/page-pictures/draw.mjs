/**
 * Draws what a chat shows of a link to a lesson: its title and what it is about, in the type and the colours of the
 * site. Text becomes outlines, so the picture is the same on every machine.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import satori from 'satori';

const require = createRequire(import.meta.url);

/** As `src/css/tokens.css` has them. */
const COLOUR = {
  paper: '#fbfaf7',
  ink: '#1c2330',
  muted: '#5d6675',
  line: '#e4e1d9',
  fault: '#bf3b20',
  accent: '#0b6b63',
};
const [WIDTH, HEIGHT] = [1200, 630];

const STARTED = Symbol.for('page-pictures: renderer');
let ready = null;

/** @returns PNG. @param {{ title: string, part: string, description: string, lang: string }} page */
export async function drawPicture({ title, part, description, lang }) {
  ready ??= prepare();
  const fonts = await ready;
  const svg = await satori(layout({ title, part, description, lang }), { width: WIDTH, height: HEIGHT, fonts });
  return new Resvg(svg).render().asPng();
}

async function prepare() {
  // Each language loads this file anew, the renderer stays, and may be started only once.
  globalThis[STARTED] ??= initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await globalThis[STARTED];
  const weights = [400, 700];
  const subsets = ['latin', 'cyrillic'];
  return Promise.all(
    weights.flatMap((weight) =>
      subsets.map(async (subset) => ({
        // Each subset under a name of its own: of two with one name only the first is looked into.
        name: `Golos ${subset}`,
        data: await readFile(
          require.resolve(`@fontsource/golos-text/files/golos-text-${subset}-${weight}-normal.woff`),
        ),
        weight,
        style: 'normal',
      })),
    ),
  );
}

function layout({ title, part, description, lang }) {
  const size = title.length > 22 ? 72 : 84;
  return box(
    {
      lang,
      ...column,
      height: HEIGHT,
      padding: '72px 80px 64px',
      background: COLOUR.paper,
      fontFamily: 'Golos latin, Golos cyrillic',
    },
    [
      box({ color: COLOUR.muted, fontSize: 30 }, part),
      box({ ...column, flexGrow: 1, justifyContent: 'center' }, [
        box({ color: COLOUR.ink, fontSize: size, fontWeight: 700, letterSpacing: '-0.015em', lineHeight: 1.12 }, title),
        box({ color: COLOUR.muted, fontSize: 32, lineHeight: 1.45, marginTop: 24, maxWidth: 980 }, description),
      ]),
      box(
        {
          alignItems: 'center',
          borderTop: `2px solid ${COLOUR.line}`,
          color: COLOUR.ink,
          fontSize: 30,
          fontWeight: 700,
          paddingTop: 28,
        },
        [box({}, 'Exactly Once'), box({ color: COLOUR.fault }, '?')],
      ),
    ],
  );
}

const column = { flexDirection: 'column' };

function box({ lang, ...style }, children) {
  return { type: 'div', props: { lang, style: { display: 'flex', ...style }, children } };
}
