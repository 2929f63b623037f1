import { expect, test } from "bun:test";
import { LineTooLarge, LineWriter } from "./line-writer.ts";

function written(write: (writer: LineWriter) => void, maxBytes = 1 << 30): string {
  const writer = new LineWriter(20);
  writer.begin(maxBytes);
  write(writer);
  return new TextDecoder().decode(writer.finish().subarray(20));
}

test("any text survives the way through JSON", () => {
  const everyControl = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("");
  for (const text of ["", "plain", `${everyControl}"\\/\u007f\u2028`, "Ελληνικά 漢字 עברית 👩‍🔬", 'q"'.repeat(100_000)]) {
    expect(JSON.parse(written((writer) => writer.string(Buffer.from(text))))).toBe(text);
  }
});

test("a block's end may fall inside a character", () => {
  const text = `${"a".repeat((64 << 10) - 1)}é漢👩`;
  expect(JSON.parse(written((writer) => writer.string(Buffer.from(text))))).toBe(text);
});

test("grows for large text, and refuses a line past its bound", () => {
  const large = Buffer.alloc(3 << 20, "x");
  expect(written((writer) => writer.string(large))).toHaveLength(large.length + 2);
  expect(() => written((writer) => writer.string(large), 1 << 20)).toThrow(LineTooLarge);
});

test("a new line begins where the last one began", () => {
  const writer = new LineWriter(4);
  writer.begin(100);
  writer.json('{"longer":1}');
  writer.begin(100);
  writer.json("{}");
  expect(writer.length).toBe(2);
  expect(Buffer.from(writer.finish().subarray(4)).toString()).toBe("{}");
});

test("what a huge line needed is given back, and the next line is written as ever", () => {
  const writer = new LineWriter(4);
  writer.begin(1 << 30);
  writer.string(Buffer.alloc(1_000, "x"));
  expect(writer.trim()).toBe(false);
  expect(writer.length).toBe(1_002);
  writer.begin(1 << 30);
  writer.string(Buffer.alloc(5 << 20, "x"));
  expect(writer.trim()).toBe(true);
  expect(writer.trim()).toBe(false);
  writer.begin(100);
  writer.json("{}");
  expect(Buffer.from(writer.finish().subarray(4)).toString()).toBe("{}");
});
