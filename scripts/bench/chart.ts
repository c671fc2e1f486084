/** Line charts as SVG, for light and dark pages alike: logarithmic upwards, one line a series, named at its end. */

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Drawn with dashes, so that lines are told apart without colours. */
  readonly isDashed?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const WIDTH = 640;
const HEIGHT = 340;
const LEFT = 76;
const RIGHT = 150;
const TOP = 44;
const BOTTOM = 52;

/** Middle tones: more than 3:1 against white and against near-black; text more than 4.5:1 by the scheme of the reader. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #57606a }
  .title { font-weight: 600; font-size: 14px }
  .grid { stroke: #8c959f; stroke-opacity: .35 }
  .axis { stroke: #8c959f }
  .a { stroke: #2f81d0; fill: #2f81d0 }
  .b { stroke: #c4621d; fill: #c4621d }
  .c { stroke: #7d57c1; fill: #7d57c1 }
  .line { fill: none; stroke-width: 2 }
  text.a, text.b, text.c { stroke: none }
  @media (prefers-color-scheme: dark) { text { fill: #9198a1 } text.a { fill: #58a6ff } text.b { fill: #f0883e } text.c { fill: #b392f0 } }
`;

const CLASSES = ['a', 'b', 'c'] as const;

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly columns: readonly number[];
  readonly decades: readonly number[];
}

export function drawChart(chart: Chart): string {
  const scales = scalesOf(chart);
  const { x, y, columns, decades } = scales;
  const bottom = HEIGHT - BOTTOM;
  const right = WIDTH - RIGHT;
  const parts = [
    `<text class="title" x="${LEFT}" y="22">${escape(chart.title)}</text>`,
    ...decades.map((decade) => {
      const at = round(y(decade));
      const label = new Intl.NumberFormat('en').format(decade);
      return `<line class="grid" x1="${LEFT}" x2="${right}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${label}</text>`;
    }),
    ...columns.map(
      (column) => `<text x="${round(x(column))}" y="${bottom + 20}" text-anchor="middle">${column}</text>`,
    ),
    `<path class="axis" fill="none" d="M${LEFT} ${TOP}V${bottom}H${right}"/>`,
    `<text x="${(LEFT + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escape(chart.x)}</text>`,
    `<text transform="translate(16 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(chart.y)}</text>`,
    ...chart.series.map((series, index) => line(series, CLASSES[index % CLASSES.length]!, scales)),
    ...names(chart.series, scales),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escape(describe(chart))}">\n<style>${STYLE}</style>\n${parts.join('\n')}\n</svg>\n`;
}

function scalesOf({ series }: Chart): Scales {
  const points = series.flatMap((one) => one.points);
  const columns = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const values = points.map((point) => point.y).filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const decades = Array.from({ length: high - low + 1 }, (_none, index) => 10 ** (low + index));
  const first = columns[0]!;
  const span = columns.at(-1)! - first || 1;
  return {
    x: (value) => LEFT + 16 + ((value - first) / span) * (WIDTH - LEFT - RIGHT - 32),
    y: (value) => HEIGHT - BOTTOM - ((Math.log10(value) - low) / (high - low)) * (HEIGHT - BOTTOM - TOP),
    columns,
    decades,
  };
}

function line({ points, isDashed }: Series, name: string, { x, y }: Scales): string {
  const places = points.map((point) => `${round(x(point.x))} ${round(y(point.y))}`);
  const dashes = isDashed ? ' stroke-dasharray="6 4"' : '';
  const dots = places.map((place) => {
    const [cx, cy] = place.split(' ');
    return `<circle class="${name}" cx="${cx}" cy="${cy}" r="3"/>`;
  });
  return `<path class="line ${name}"${dashes} d="M${places.join('L')}"/>${dots.join('')}`;
}

/**
 * Beside the ends of the lines; two that end close to each other are moved apart. A line that ends early has its name above
 * its end, where the others do not go on.
 */
function names(series: readonly Series[], { x, y, columns }: Scales): string[] {
  const labels = series
    .map(({ name, points }, index) => ({ name, index, end: points.at(-1)!, height: y(points.at(-1)!.y) + 4 }))
    .sort((a, b) => a.height - b.height);
  let lowest = -Infinity;
  return labels.map(({ name, index, end, height }) => {
    const shape = CLASSES[index % CLASSES.length];
    if (end.x < columns.at(-1)!)
      return `<text class="${shape}" x="${round(x(end.x))}" y="${round(height - 14)}" text-anchor="middle">${escape(name)}</text>`;
    lowest = Math.max(height, lowest + 16);
    return `<text class="${shape}" x="${round(x(end.x) + 10)}" y="${round(lowest)}">${escape(name)}</text>`;
  });
}

/** What somebody who does not see the picture is told. */
function describe({ title, x, y, series }: Chart): string {
  const lines = series.map(
    ({ name, points }) => `${name}: ${points.map((point) => `${point.x} → ${round(point.y)}`).join(', ')}`,
  );
  return `${title}. ${y} by ${x}. ${lines.join('. ')}.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
