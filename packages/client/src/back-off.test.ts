import { describe, expect, test } from "bun:test";
import { ApiError, parseRetryAfter } from "./api-error.ts";
import { backOffMs, pause } from "./back-off.ts";
import { retryDelayMs } from "./http-call.ts";

describe("backOffMs", () => {
  test("doubles up to a ceiling and never passes it", () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => backOffMs(attempt, () => 1));
    expect(longest).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  test("spreads clients out, and is never nothing", () => {
    expect(backOffMs(3, () => 0)).toBe(80);
    expect(backOffMs(3, () => 0.5)).toBe(440);
  });
});

describe("parseRetryAfter", () => {
  test("seconds, dates and rubbish", () => {
    expect(parseRetryAfter("2")).toBe(2_000);
    expect(parseRetryAfter(new Date(Date.now() - 60_000).toUTCString())).toBe(0);
    expect(parseRetryAfter("soon")).toBeNull();
    expect(parseRetryAfter(null)).toBeNull();
  });
});

test("pause ends at once with the signal's reason", async () => {
  const controller = new AbortController();
  const waiting = pause(60_000, controller.signal);
  controller.abort(new Error("stop"));
  await expect(waiting).rejects.toThrow("stop");
  await expect(pause(1, controller.signal)).rejects.toThrow("stop");
});

test("a wait is never shorter than the server asked for", () => {
  const busy = (retryAfterMs: number | null) => new ApiError("BUSY", "", { status: 429, retryAfterMs });
  expect(retryDelayMs(busy(9_000), 1)).toBe(9_000);
  expect(retryDelayMs(busy(null), 1)).toBeGreaterThan(0);
  expect(retryDelayMs(new ApiError("NOT_FOUND", "", { status: 404 }), 1)).toBeNull();
  expect(retryDelayMs(new Error("of another kind"), 1)).toBeNull();
});
