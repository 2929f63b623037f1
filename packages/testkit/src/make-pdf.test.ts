import { describe, expect, test } from "bun:test";
import { makePdf } from "./make-pdf.ts";

describe("makePdf", () => {
  test("every entry of the cross-reference table points at its object", () => {
    const file = Buffer.from(makePdf({ pages: ["one", "two", ""], title: "T" })).toString("latin1");
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe("xref");
    const offsets = [...file.slice(start).matchAll(/(\d{10}) 00000 n /g)].map((match) => Number(match[1]));
    expect(offsets.length).toBe(10);
    for (const [index, offset] of offsets.entries()) {
      expect(file.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    }
  });

  test("stream lengths count bytes and parentheses are escaped", () => {
    const file = Buffer.from(makePdf({ pages: ["a (b) \\ é\nnext"] })).toString("latin1");
    const [, length, content] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(file) ?? [];
    expect(content?.length).toBe(Number(length));
    expect(content).toContain("(a \\(b\\) \\\\ é) Tj T*\n(next) Tj");
  });

  test("equal input gives equal bytes, and what it cannot show is refused", () => {
    expect(makePdf({ pages: ["x"] })).toEqual(makePdf({ pages: ["x"] }));
    expect(() => makePdf({ pages: ["漢"] })).toThrow(RangeError);
  });
});
