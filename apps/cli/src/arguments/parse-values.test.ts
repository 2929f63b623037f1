import { describe, expect, test } from "bun:test";
import { decimalNumber, oneOf, pageRange, wholeNumber } from "./parse-values.ts";

describe("values on the command line", () => {
  test("whole numbers in their range", () => {
    const parse = wholeNumber(1, 64);
    expect(parse("8")).toBe(8);
    for (const bad of ["0", "65", "-1", "1.5", "1e3", "", "eight", "0x10"])
      expect(() => parse(bad)).toThrow("from 1 to 64");
  });

  test("decimal numbers in their range", () => {
    const parse = decimalNumber(0, 1);
    expect(parse(".85")).toBe(0.85);
    expect(parse("1")).toBe(1);
    for (const bad of ["1.1", "-0.1", "NaN", "Infinity", ".", ""]) expect(() => parse(bad)).toThrow("from 0 to 1");
  });

  test("page ranges", () => {
    for (const good of ["1", "3-5", "7-7", "3-"]) expect(pageRange(good)).toBe(good);
    for (const bad of ["0", "5-3", "-3", "a", "1,2", "", "0-", "-", "3-5-7"])
      expect(() => pageRange(bad)).toThrow("range of pages");
  });

  test("names that have their place elsewhere have their own answer", () => {
    const parse = oneOf(["rules", "none"], { cascade: "`cascade BATCH` is a command of its own." });
    expect(parse("rules")).toBe("rules");
    expect(() => parse("cascade")).toThrow("a command of its own");
    expect(() => parse("magic")).toThrow("Expected rules or none.");
  });
});
