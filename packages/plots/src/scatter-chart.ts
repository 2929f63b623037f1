import { type Box, type Mark, placeLabels } from "./place-labels.ts";
import { COLOURS, element, FONT_SIZE, picture, text, textWidth, uprightTitle } from "./svg.ts";

export interface Dot {
  label: string;
  /** Above 0: its axis is logarithmic. */
  x: number;
  y: number;
  highlighted: boolean;
}

const WIDTH = 760;
const HEIGHT = 480;
const FRAME: Box = { x: 70, y: 72, width: 660, height: 340 };
const RADIUS = 6;

/** Dots with their names: x on a logarithmic scale, y on a linear one that ends at 1. */
export function scatterChart(options: {
  title: string;
  subtitle: string;
  xLabel: string;
  yLabel: string;
  dots: readonly Dot[];
}): string {
  const { title, subtitle, xLabel, yLabel } = options;
  const dots = options.dots.filter((dot) => dot.x > 0);
  const [lowX, highX] = logarithmicRange(dots.map((dot) => dot.x));
  const step = stepOf(1 - Math.min(1, ...dots.map((dot) => dot.y)));
  const lowY = Math.max(0, Math.floor(Math.min(1 - step, ...dots.map((dot) => dot.y)) / step + 1e-9) * step);
  const atX = (x: number) => FRAME.x + ((Math.log(x) - Math.log(lowX)) / Math.log(highX / lowX)) * FRAME.width;
  // A little above 1, so that the best dots are not cut by the frame.
  const highY = 1 + step / 4;
  const atY = (y: number) => FRAME.y + ((highY - y) / (highY - lowY)) * FRAME.height;
  const marks = dots.map((dot): Mark => ({
    x: atX(dot.x),
    y: atY(dot.y),
    radius: RADIUS,
    width: textWidth(dot.label),
    height: FONT_SIZE + 4,
  }));
  const labels = placeLabels(marks, FRAME);
  return picture({
    width: WIDTH,
    height: HEIGHT,
    title,
    subtitle,
    body: [
      ...linesX(lowX, highX).map((x) => vertical(atX(x), x.toLocaleString("en"))),
      ...linesY(lowY, step).map((y) => horizontal(atY(y), y.toFixed(step < 0.1 ? 2 : 1))),
      element("rect", { ...FRAME, fill: "none", stroke: COLOURS.faint }),
      text(xLabel, { x: FRAME.x + FRAME.width / 2, y: HEIGHT - 22, "text-anchor": "middle" }),
      uprightTitle(yLabel, FRAME.y + FRAME.height / 2),
      ...dots.map((dot, index) => drawn(dot, marks[index], labels[index])),
    ],
  });
}

function drawn(dot: Dot, mark: Mark | undefined, label: Box | undefined): string {
  if (mark === undefined || label === undefined) return "";
  const colour = dot.highlighted ? COLOURS.own : COLOURS.peer;
  const near = {
    x: Math.min(Math.max(mark.x, label.x), label.x + label.width),
    y: Math.min(Math.max(mark.y, label.y), label.y + label.height),
  };
  const far = Math.hypot(near.x - mark.x, near.y - mark.y) > RADIUS + 8;
  return [
    ...(far ? [element("line", { x1: mark.x, y1: mark.y, x2: near.x, y2: near.y, stroke: COLOURS.faint })] : []),
    element("circle", { cx: mark.x, cy: mark.y, r: RADIUS, fill: colour, stroke: "#ffffff", "stroke-width": 1.5 }),
    text(dot.label, {
      ...anchored(label, mark),
      y: label.y + label.height / 2 + FONT_SIZE * 0.35,
      "font-weight": dot.highlighted ? 600 : 400,
    }),
  ].join("");
}

/** The end of the box that is nearest the dot, because a box is a little wider than its text. */
function anchored(label: Box, mark: Mark): { x: number; "text-anchor": string } {
  if (label.x >= mark.x) return { x: label.x, "text-anchor": "start" };
  if (label.x + label.width <= mark.x) return { x: label.x + label.width, "text-anchor": "end" };
  return { x: label.x + label.width / 2, "text-anchor": "middle" };
}

function vertical(x: number, label: string): string {
  const bottom = FRAME.y + FRAME.height;
  return [
    element("line", { x1: x, x2: x, y1: FRAME.y, y2: bottom, stroke: COLOURS.grid }),
    text(label, { x, y: bottom + 20, "text-anchor": "middle", fill: COLOURS.faint }),
  ].join("");
}

function horizontal(y: number, label: string): string {
  return [
    element("line", { x1: FRAME.x, x2: FRAME.x + FRAME.width, y1: y, y2: y, stroke: COLOURS.grid }),
    text(label, { x: FRAME.x - 8, y: y + 4, "text-anchor": "end", fill: COLOURS.faint }),
  ].join("");
}

/** Least to largest, with room for the dots at both ends. */
function logarithmicRange(values: readonly number[]): [number, number] {
  const low = Math.min(...values, Number.MAX_VALUE);
  const high = Math.max(...values, low);
  return values.length === 0 ? [1, 10] : [low / 2, high * 1.6];
}

function linesX(low: number, high: number): number[] {
  const lines: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const factor of [1, 2, 5]) if (power * factor >= low && power * factor <= high) lines.push(power * factor);
  }
  return lines;
}

function linesY(low: number, step: number): number[] {
  const lines: number[] = [];
  for (let count = 0; 1 - count * step >= low - 1e-9; count += 1) lines.push(1 - count * step);
  return lines;
}

function stepOf(span: number): number {
  return [0.01, 0.02, 0.05, 0.1].find((step) => span / step <= 8) ?? 0.2;
}
