import { describe, expect, test } from "bun:test";
import { barChart } from "./bar-chart.ts";
import { calibrationChart } from "./calibration-chart.ts";
import { lineChart } from "./line-chart.ts";
import { matrixChart } from "./matrix-chart.ts";
import { scatterChart } from "./scatter-chart.ts";

const attributes = (svg: string, tag: string, name: string) =>
  [...svg.matchAll(new RegExp(`<${tag} [^>]*\\b${name}="([\\d.]+)"`, "g"))].map((match) => Number(match[1]));

describe("barChart", () => {
  const svg = barChart({
    title: "Speed <fast>",
    subtitle: "higher is better",
    bars: [
      { label: "native", value: 4000, caption: "4,000", highlighted: true },
      { label: "a & b", value: 1000, caption: "1,000", highlighted: false },
    ],
  });

  test("bars are as long as their values", () => {
    const [, first = 0, second = 0] = attributes(svg, "rect", "width");
    expect(first / second).toBeCloseTo(4, 2);
  });

  test("names cannot break the markup", () => {
    expect(svg).toContain("Speed &lt;fast&gt;");
    expect(svg).toContain("a &amp; b");
    expect(svg).not.toContain("NaN");
  });
});

describe("scatterChart", () => {
  const chart = (dots: { label: string; x: number; y: number }[]) =>
    scatterChart({
      title: "t",
      subtitle: "s",
      xLabel: "x",
      yLabel: "y",
      dots: dots.map((dot) => ({ ...dot, highlighted: false })),
    });

  test("faster is further right by the ratio, better is higher", () => {
    const svg = chart([
      { label: "slow", x: 10, y: 0.8 },
      { label: "middle", x: 100, y: 0.9 },
      { label: "fast", x: 1000, y: 1 },
    ]);
    const [a = 0, b = 0, c = 0] = attributes(svg, "circle", "cx");
    expect(c - b).toBeCloseTo(b - a, 0);
    const [low = 0, middle = 0, high = 0] = attributes(svg, "circle", "cy");
    expect(low).toBeGreaterThan(middle);
    expect(middle - high).toBeCloseTo(low - middle, 0);
  });

  test("an engine that read nothing has no place on a logarithmic axis", () => {
    const svg = chart([
      { label: "one", x: 50, y: 0.99 },
      { label: "none", x: 0, y: 0 },
    ]);
    expect(attributes(svg, "circle", "cx")).toHaveLength(1);
    expect(svg).not.toContain("NaN");
    expect(svg).not.toContain("Infinity");
  });
});

describe("lineChart", () => {
  const chart = (lines: { label: string; points: { x: number; y: number }[] }[]) =>
    lineChart({
      title: "t",
      subtitle: "s",
      xLabel: "x",
      yLabel: "y",
      lines: lines.map((line) => ({ ...line, colour: "#000000" })),
    });
  const pointsOf = (svg: string) =>
    [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = ""]) =>
      points.split(" ").map((point) => point.split(",").map(Number)),
    );

  test("later is further right, more is higher, and both in proportion", () => {
    const line = { label: "a", points: [0, 1, 2].map((x) => ({ x, y: 10 * x })) };
    const [[first, second, third] = []] = pointsOf(chart([line]));
    const [x0 = 0, y0 = 0] = first ?? [];
    const [x1 = 0, y1 = 0] = second ?? [];
    const [x2 = 0, y2 = 0] = third ?? [];
    expect(x2).toBeGreaterThan(x0);
    expect(y2).toBeLessThan(y0);
    expect(x1 - x0).toBeCloseTo(x2 - x1, 0);
    expect(y1 - y0).toBeCloseTo(y2 - y1, 0);
  });

  test("lines that end together have names that do not lie on each other", () => {
    const svg = chart(["one", "two", "three"].map((label) => ({ label, points: [{ x: 1, y: 0 }] })));
    const heights = ["one", "two", "three"].map((label) =>
      Number(new RegExp(`y="([\\d.]+)"[^>]*>${label}<`).exec(svg)?.[1]),
    );
    const apart = heights.toSorted((a, b) => a - b).map((y, index, all) => y - (all[index - 1] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThan(13);
    expect(Math.max(...heights)).toBeLessThan(400);
  });

  test("without points it is empty, not broken", () => {
    expect(chart([])).not.toMatch(/NaN|Infinity/);
  });
});

describe("matrixChart", () => {
  const names = Array.from({ length: 20 }, (_, at) => `category_number_${at}`);
  const svg = matrixChart({
    title: "t",
    subtitle: "s",
    rows: names,
    columns: [...names, "<none>"],
    cells: names.map((_, row) => [...names, ""].map((_, column) => (row === column ? 12_345 : 0))),
    rowsAre: "expected",
    columnsAre: "got",
  });

  test("a cell for each pair, and a number where there is something", () => {
    expect(svg.match(/>12k</g)).toHaveLength(20);
    expect(svg).toContain("&lt;none&gt;");
    expect(svg).not.toContain("NaN");
  });

  test("everything lies within the picture", () => {
    const [width = 0] = attributes(svg, "svg", "width");
    const [height = 0] = attributes(svg, "svg", "height");
    expect(Math.max(...attributes(svg, "rect", "x")) + 34).toBeLessThanOrEqual(width);
    expect(Math.max(...attributes(svg, "rect", "y")) + 34).toBeLessThanOrEqual(height);
  });
});

test("calibrationChart: what is right as often as it says lies on the line", () => {
  const svg = calibrationChart({
    title: "t",
    subtitle: "s",
    points: [
      { confidence: 0.25, accuracy: 0.25, low: 0.2, high: 0.3 },
      { confidence: 1, accuracy: 1, low: 0.9, high: 1 },
    ],
  });
  const [x = 0, endX = 0] = attributes(svg, "circle", "cx");
  const [y = 0, endY = 0] = attributes(svg, "circle", "cy");
  expect(endX - x).toBeCloseTo(y - endY, 5);
});
