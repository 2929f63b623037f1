import { COLOURS, element, FONT_SIZE, picture, text, textWidth, uprightTitle } from "./svg.ts";

export interface Line {
  label: string;
  colour: string;
  points: readonly { x: number; y: number }[];
}

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 70;
const TOP = 72;
const BOTTOM = HEIGHT - 62;
const LABEL_GAP = FONT_SIZE + 5;
// What an axis spans at least, so that it has steps where all values are zero.
const LEAST = 1e-3;

/** Lines over a common x, both axes linear from zero, each line named at its right end. */
export function lineChart(options: {
  title: string;
  subtitle: string;
  xLabel: string;
  yLabel: string;
  lines: readonly Line[];
}): string {
  const { title, subtitle, xLabel, yLabel } = options;
  const lines = options.lines.filter((line) => line.points.length > 0);
  const right = WIDTH - 30 - Math.max(0, ...lines.map((line) => textWidth(line.label)));
  const points = lines.flatMap((line) => line.points);
  const highX = Math.max(LEAST, ...points.map((point) => point.x));
  const mostY = Math.max(LEAST, ...points.map((point) => point.y));
  const stepX = stepOf(highX, 8);
  const stepY = stepOf(mostY, 6);
  const highY = stepY * Math.ceil(mostY / stepY);
  const atX = (x: number) => LEFT + (x / highX) * (right - LEFT);
  const atY = (y: number) => BOTTOM - (y / highY) * (BOTTOM - TOP);
  return picture({
    width: WIDTH,
    height: HEIGHT,
    title,
    subtitle,
    body: [
      ...steps(highY, stepY).map((y) => gridLine(atY(y), right, format(y, stepY))),
      ...steps(highX, stepX).map((x) =>
        text(format(x, stepX), { x: atX(x), y: BOTTOM + 20, "text-anchor": "middle", fill: COLOURS.faint }),
      ),
      text(xLabel, { x: (LEFT + right) / 2, y: HEIGHT - 18, "text-anchor": "middle" }),
      uprightTitle(yLabel, (TOP + BOTTOM) / 2),
      ...lines.map((line) =>
        element("polyline", {
          points: line.points.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`).join(" "),
          fill: "none",
          stroke: line.colour,
          "stroke-width": 1.5,
        }),
      ),
      ...endLabels(lines, atY, right),
    ],
  });
}

/** Beside the last point of each line, moved apart where lines end close to each other. */
function endLabels(lines: readonly Line[], atY: (y: number) => number, right: number): string[] {
  const wanted = lines
    .map((line) => ({ line, y: atY(line.points.at(-1)?.y ?? 0) }))
    .sort((upper, lower) => upper.y - lower.y);
  let free = TOP;
  const placed = wanted.map(({ line, y }) => {
    const at = Math.max(y, free);
    free = at + LABEL_GAP;
    return { line, y: at };
  });
  // The lowest may not leave the frame: what it pushes up stays in order.
  let floor = BOTTOM;
  for (const label of placed.toReversed()) {
    label.y = Math.min(label.y, floor);
    floor = label.y - LABEL_GAP;
  }
  return placed.map(({ line, y }) => text(line.label, { x: right + 8, y: y + FONT_SIZE * 0.35, fill: line.colour }));
}

function gridLine(y: number, right: number, label: string): string {
  return [
    element("line", { x1: LEFT, x2: right, y1: y, y2: y, stroke: COLOURS.grid }),
    text(label, { x: LEFT - 8, y: y + 4, "text-anchor": "end", fill: COLOURS.faint }),
  ].join("");
}

/** 1, 2 or 5 times a power of ten, so that there are `most` steps at most. */
function stepOf(high: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(high / most));
  return power * ([1, 2, 5].find((factor) => high / (power * factor) <= most) ?? 10);
}

function steps(high: number, step: number): number[] {
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, index) => index * step);
}

function format(value: number, step: number): string {
  return value.toFixed(step >= 1 ? 0 : Math.ceil(-Math.log10(step)));
}
