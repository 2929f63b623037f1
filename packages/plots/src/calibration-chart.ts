import { COLOURS, element, picture, text, uprightTitle } from "./svg.ts";

export interface CalibrationPoint {
  /** The mean of what was said, and the share that was right with its bounds: all from 0 to 1. */
  readonly confidence: number;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

const SIZE = 340;
const LEFT = 80;
const TOP = 74;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often labels of a confidence are right, with bounds, against the line on which confidence is true. */
export function calibrationChart(options: {
  title: string;
  subtitle: string;
  points: readonly CalibrationPoint[];
}): string {
  const { title, subtitle, points } = options;
  const x = (share: number) => LEFT + share * SIZE;
  const y = (share: number) => TOP + (1 - share) * SIZE;
  const grid = TICKS.flatMap((tick) => [
    element("line", { x1: x(tick), x2: x(tick), y1: y(0), y2: y(1), stroke: COLOURS.grid }),
    element("line", { x1: x(0), x2: x(1), y1: y(tick), y2: y(tick), stroke: COLOURS.grid }),
    text(String(tick), { x: x(tick), y: y(0) + 20, "text-anchor": "middle", fill: COLOURS.faint }),
    text(String(tick), { x: x(0) - 10, y: y(tick) + 4, "text-anchor": "end", fill: COLOURS.faint }),
  ]);
  const truth = element("line", {
    x1: x(0),
    y1: y(0),
    x2: x(1),
    y2: y(1),
    stroke: COLOURS.peer,
    "stroke-width": 1.5,
    "stroke-dasharray": "5 4",
  });
  const path = points.map(({ confidence, accuracy }) => `${place(x(confidence))},${place(y(accuracy))}`).join(" ");
  const curve = element("polyline", { points: path, fill: "none", stroke: COLOURS.own, "stroke-width": 2 });
  const marks = points.flatMap(({ confidence, accuracy, low, high }) => [
    element("line", { x1: x(confidence), x2: x(confidence), y1: y(low), y2: y(high), stroke: COLOURS.own }),
    element("circle", { cx: x(confidence), cy: y(accuracy), r: 4, fill: COLOURS.own }),
  ]);
  const titles = [
    text("confidence", { x: x(0.5), y: y(0) + 42, "text-anchor": "middle" }),
    uprightTitle("right", y(0.5)),
  ];
  const body = [...grid, truth, curve, ...marks, ...titles];
  return picture({ width: LEFT + SIZE + 40, height: TOP + SIZE + 60, title, subtitle, body });
}

function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}
