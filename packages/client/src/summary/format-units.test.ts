import { describe, expect, test } from "bun:test";
import { formatBytes, formatCount, formatDuration, formatQuantity, formatRate, formatShare } from "./format-units.ts";

describe("units for people", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 KB"],
    [99_949, "99.9 KB"],
    [999_499, "999 KB"],
    [999_600, "1.0 MB"],
    [42_100_000, "42.1 MB"],
  ])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test.each([
    [0.42, "0.4 s"],
    [59.94, "59.9 s"],
    [59.96, "1:00 min"],
    [247, "4:07 min"],
    [7_509, "2:05:09 h"],
    [273_600, "3 d 04:00 h"],
  ])("%d seconds are %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  test.each([
    [0.841, "0.84"],
    [12.34, "12.3"],
    [99.96, "100"],
    [1_240.4, "1,240"],
    [Number.NaN, "–"],
  ])("a rate of %d is %s", (rate, text) => expect(formatRate(rate)).toBe(text));

  test("counts and quantities", () => {
    expect(formatCount(1_234_567)).toBe("1,234,567");
    expect(formatQuantity(1, "page")).toBe("1 page");
    expect(formatQuantity(0, "category", "categories")).toBe("0 categories");
  });

  test("a share never reaches 100 % before everything is done", () => {
    expect(formatShare(0.999)).toBe("99 %");
    expect(formatShare(1)).toBe("100 %");
  });
});
