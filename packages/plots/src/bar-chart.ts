import { COLOURS, element, picture, text, textWidth } from "./svg.ts";

export interface Bar {
  label: string;
  value: number;
  /** The value as it is written behind the bar. */
  caption: string;
  highlighted: boolean;
}

const WIDTH = 760;
const TOP = 70;
const ROW = 34;
const THICKNESS = 22;

/** Horizontal bars from zero, in the order given. */
export function barChart(options: { title: string; subtitle: string; bars: readonly Bar[] }): string {
  const { title, subtitle, bars } = options;
  const left = 32 + Math.max(0, ...bars.map((bar) => textWidth(bar.label)));
  const right = 32 + Math.max(0, ...bars.map((bar) => textWidth(bar.caption)));
  const most = Math.max(Number.MIN_VALUE, ...bars.map((bar) => bar.value));
  const rows = bars.map((bar, index) => {
    const y = TOP + index * ROW;
    const length = Math.max(1, (bar.value / most) * (WIDTH - left - right));
    const weight = bar.highlighted ? 600 : 400;
    return [
      text(bar.label, { x: left - 10, y: y + 16, "text-anchor": "end", "font-weight": weight }),
      element("rect", {
        x: left,
        y,
        width: length,
        height: THICKNESS,
        rx: 3,
        fill: bar.highlighted ? COLOURS.own : COLOURS.peer,
      }),
      text(bar.caption, { x: left + length + 8, y: y + 16, "font-weight": weight }),
    ].join("");
  });
  const axis = element("line", {
    x1: left,
    x2: left,
    y1: TOP - 6,
    y2: TOP + bars.length * ROW - 4,
    stroke: COLOURS.faint,
  });
  return picture({ width: WIDTH, height: TOP + bars.length * ROW + 12, title, subtitle, body: [...rows, axis] });
}
