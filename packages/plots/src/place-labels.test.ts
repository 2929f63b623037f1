import { expect, test } from "bun:test";
import { type Mark, overlap, placeLabels } from "./place-labels.ts";

const FRAME = { x: 0, y: 0, width: 400, height: 300 };
const mark = (x: number, y: number): Mark => ({ x, y, radius: 5, width: 80, height: 16 });

test("labels of crowded dots keep off each other and off every dot, inside the frame", () => {
  const marks = [mark(100, 100), mark(103, 101), mark(98, 104), mark(100, 96), mark(395, 150), mark(200, 2)];
  const labels = placeLabels(marks, FRAME);
  const dots = marks.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 10, height: 10 }));
  for (const [index, label] of labels.entries()) {
    const others = [...labels.slice(0, index), ...labels.slice(index + 1), ...dots];
    expect(others.filter((other) => overlap(label, other))).toEqual([]);
    expect(label.x).toBeGreaterThanOrEqual(0);
    expect(label.y).toBeGreaterThanOrEqual(0);
    expect(label.x + label.width).toBeLessThanOrEqual(FRAME.width);
    expect(label.y + label.height).toBeLessThanOrEqual(FRAME.height);
  }
});

test("a dot alone has its label on the right", () => {
  const [label] = placeLabels([mark(100, 100)], FRAME);
  expect(label?.x).toBe(109);
  expect(label?.y).toBe(92);
});
