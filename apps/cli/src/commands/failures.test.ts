import { expect, test } from "bun:test";
import { plainPaint } from "../output/paint.ts";
import { formatFailure } from "./failures.ts";

test("a failure shows its cause, its evidence and the next step", () => {
  const text = formatFailure(
    {
      ordinal: 7,
      uri: "file:///d/bad%1B.pdf",
      code: "CHILD_OOM",
      message: "more than 2048 MB",
      advice: "Raise --memory and run it again.",
      page: 3,
      evidence: { signal: "SIGKILL", peakRssBytes: 2_150_000_000, stderrTail: "out of \u001b[31mmemory\n" },
      attempts: 2,
      earlier: [
        {
          code: "CHILD_TIMEOUT",
          message: "too long",
          page: null,
          evidence: null,
          retriedAt: "2026-01-02T03:04:05.000Z",
        },
      ],
    },
    80,
    plainPaint,
  );
  expect(text).toBe(
    [
      "/d/bad\\u001b.pdf  (item 7)",
      "  CHILD_OOM  more than 2048 MB, page 3",
      "  2 attempts, signal SIGKILL, peak memory 2150 MB",
      "  | out of \\u001b[31mmemory",
      "  before a retry at 2026-01-02 03:04: CHILD_TIMEOUT  too long",
      "  Raise --memory and run it again.",
    ].join("\n"),
  );
});
