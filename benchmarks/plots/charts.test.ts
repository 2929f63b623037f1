import { describe, expect, test } from "bun:test";
import { barChart } from "./bar-chart.ts";
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
