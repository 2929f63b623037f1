import { expect, test } from "bun:test";
import { LineTooLarge, LineWriter } from "./line-writer.ts";

test("what is written comes out as it went in, characters of every width", () => {
  const text = "Ελληνικά 漢字 עברית 👩‍🔬".repeat(1_000);
  const bytes = Uint8Array.from({ length: 3 << 20 }, (_, index) => index);
  const writer = new LineWriter(20);
  writer.begin(1 << 30);
  writer.json(text);
  writer.bytes(bytes);
  expect(Buffer.from(writer.finish().subarray(20))).toEqual(Buffer.concat([Buffer.from(text), bytes]));
});

test("refuses a line past its bound, and holds one at it", () => {
  const write = (maxBytes: number) => {
    const writer = new LineWriter(20);
    writer.begin(maxBytes);
    writer.bytes(Buffer.alloc(3 << 20));
    return writer.length;
  };
  expect(write(3 << 20)).toBe(3 << 20);
  expect(() => write((3 << 20) - 1)).toThrow(LineTooLarge);
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
  writer.bytes(Buffer.alloc(1_000, "x"));
  expect(writer.trim()).toBe(false);
  expect(writer.length).toBe(1_000);
  writer.begin(1 << 30);
  writer.bytes(Buffer.alloc(5 << 20, "x"));
  expect(writer.trim()).toBe(true);
  expect(writer.trim()).toBe(false);
  writer.begin(100);
  writer.json("{}");
  expect(Buffer.from(writer.finish().subarray(4)).toString()).toBe("{}");
});
