import { expect, test } from "bun:test";
import { CopyEncoder, copyHeader, copyTrailer } from "./copy-encoder.ts";

const hex = (build: (encoder: CopyEncoder) => unknown): string => {
  const encoder = new CopyEncoder(1);
  build(encoder);
  return encoder.finish().toString("hex");
};

// Expected bytes are what `COPY (SELECT …) TO STDOUT (FORMAT binary)` of PostgreSQL 15 prints for the same values.
test("every type as PostgreSQL's send functions write it", () => {
  expect(hex((e) => e.startRow(3))).toBe("0003");
  expect(hex((e) => e.null())).toBe("ffffffff");
  expect(hex((e) => e.bytea(Buffer.from([1, 255])))).toBe("0000000201ff");
  expect(hex((e) => e.text("aé"))).toBe("0000000361c3a9");
  expect(hex((e) => e.jsonb({ a: 1 }))).toBe("00000008017b2261223a317d");
  expect(hex((e) => e.int2(-2))).toBe("00000002fffe");
  expect(hex((e) => e.int4(258))).toBe("0000000400000102");
  expect(hex((e) => e.int8(-1))).toBe("00000008ffffffffffffffff");
  expect(hex((e) => e.float8(1.5))).toBe("000000083ff8000000000000");
  expect(hex((e) => e.bool(true))).toBe("0000000101");
  expect(hex((e) => e.timestamptz(new Date("2000-01-01T00:00:01Z")))).toBe("0000000800000000000f4240");
  expect(hex((e) => e.uuid("00112233-4455-6677-8899-aabbccddeeff"))).toBe("0000001000112233445566778899aabbccddeeff");
  expect(copyHeader().toString("hex")).toBe("5047434f50590aff0d0a000000000000000000");
  expect(copyTrailer().toString("hex")).toBe("ffff");
});

test("what PostgreSQL does not store is replaced, in text and in JSON", () => {
  expect(hex((e) => e.text("a\0\ud800"))).toBe("0000000761efbfbdefbfbd");
  const json = new CopyEncoder().jsonb({ a: "\0\ud800\\u0000" }).finish().subarray(5).toString();
  expect(JSON.parse(json)).toEqual({ a: "\ufffd\ufffd\\u0000" });
});

test("long and many fields grow the buffer", () => {
  const long = "é".repeat(100_000);
  const encoder = new CopyEncoder(16).startRow(2).text(long).text("tail");
  const bytes = encoder.finish();
  expect(bytes.byteLength).toBe(2 + 4 + 200_000 + 4 + 4);
  expect(bytes.readInt32BE(2)).toBe(200_000);
  expect(bytes.subarray(-4).toString()).toBe("tail");
});
