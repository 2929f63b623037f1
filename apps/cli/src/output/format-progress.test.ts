import { describe, expect, test } from "bun:test";
import { displayWidth } from "./fit-text.ts";
import { formatProgressBar, formatProgressLine, type Progress } from "./format-progress.ts";
import { plainPaint } from "./paint.ts";

const HALF: Progress = {
  listed: 1_912,
  complete: true,
  settled: 956,
  failed: 2,
  unchanged: 10,
  rates: { documents: 310.6, pages: 4_020 },
  etaSeconds: 41,
  labels: null,
};

describe("progress", () => {
  test("a wide terminal shows everything", () => {
    const line = formatProgressBar(HALF, 120, plainPaint, true);
    expect(line).toBe(
      "████████████░░░░░░░░░░░░  50 %  956/1,912 · ETA 41.0 s · 2 failed · 311 documents/s · 4,020 pages/s · 10 unchanged",
    );
  });

  test.each([20, 30, 40, 59, 60, 79, 80, 200])("never wider than %d columns", (width) => {
    expect(displayWidth(formatProgressBar(HALF, width, plainPaint, true))).toBeLessThan(width);
  });

  test("no share is claimed while the listing goes on", () => {
    const line = formatProgressBar({ ...HALF, complete: false, etaSeconds: null }, 100, plainPaint, false);
    expect(line).toStartWith("------------------------   0 %  956 of 1,912 listed so far");
  });

  test("before the first file is listed", () => {
    expect(formatProgressLine({ ...HALF, listed: 0, settled: 0, complete: false }, 1)).toBe("1.0 s: starting");
  });

  test("labels that come behind the text are what is waited for once all is read", () => {
    const labelling = { ...HALF, settled: 1_912, rates: null, labels: { settled: 478, total: 1_900 } };
    expect(formatProgressLine(labelling, 12)).toBe(
      "12.0 s: 25 %, 478/1,900 labelled, 1,912/1,912 read, ETA 41.0 s, 2 failed, 10 unchanged",
    );
    expect(formatProgressBar(labelling, 80, plainPaint, true)).toStartWith("██████░░");
  });

  test("the plain line for logs", () => {
    expect(formatProgressLine(HALF, 12)).toBe(
      "12.0 s: 50 %, 956/1,912, ETA 41.0 s, 2 failed, 311 documents/s, 4,020 pages/s, 10 unchanged",
    );
  });
});
