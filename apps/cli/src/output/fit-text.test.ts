import { describe, expect, test } from "bun:test";
import { displayWidth, pad, truncate, wrap } from "./fit-text.ts";
import { safeText } from "./safe-text.ts";

describe("fitting text to columns", () => {
  test("CJK takes two columns and is never cut in half", () => {
    expect(displayWidth("請求書")).toBe(6);
    expect(truncate("請求書.pdf", 6)).toBe("請求…");
    expect(displayWidth(truncate("請求書.pdf", 6))).toBeLessThanOrEqual(6);
  });

  test("a path keeps its end", () => {
    expect(truncate("a/long/folder/name.pdf", 12, "end")).toBe("…er/name.pdf");
  });

  test("a combining mark stays with its letter", () => {
    expect(truncate("e\u0301e\u0301e\u0301e\u0301", 3)).toBe("e\u0301e\u0301…");
  });

  test("padding counts columns, not code units", () => {
    expect(pad("日本", 6)).toBe("日本  ");
    expect(pad("7", 3, "right")).toBe("  7");
    expect(pad("longer", 3)).toBe("longer");
  });

  test("no room at all", () => {
    expect(truncate("abc", 1)).toBe("…");
    expect(truncate("abc", 0)).toBe("");
  });

  test("wrapping breaks between words", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("unbreakable x", 5)).toEqual(["unbreakable", "x"]);
  });
});

describe("safeText", () => {
  test("escape sequences, newlines and bidi overrides become visible", () => {
    expect(safeText("a\u001b[2Jb\nc")).toBe("a\\u001b[2Jb\\u000ac");
    expect(safeText("gpj.\u202efdp.exe")).toBe("gpj.\\u202efdp.exe");
    expect(safeText("\u009b31m")).toBe("\\u009b31m");
  });

  test("letters of any script stay", () => {
    expect(safeText("عقد إيجار 契約 дог")).toBe("عقد إيجار 契約 дог");
  });
});
