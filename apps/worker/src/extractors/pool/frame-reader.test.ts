import { expect, test } from "bun:test";
import { FRAME_HEADER_BYTES, FRAME_ITEM, writeFrameHeader } from "../frame.ts";
import { FrameFault, FrameReader } from "./frame-reader.ts";

function frameOf(ordinal: number, text: string, retire = false): Uint8Array {
  const payload = Buffer.from(text);
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  const facts = { kind: FRAME_ITEM, retire, ordinal, cpuMicros: 1_500, elapsedMicros: 1_700 };
  writeFrameHeader(bytes, { ...facts, length: payload.length });
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

test("finds the same frames wherever the stream is cut", () => {
  const stream = Buffer.concat([frameOf(7, "first\n"), frameOf(8, "x".repeat(300), true), frameOf(4_000_000_000, "é")]);
  for (const step of [1, 3, FRAME_HEADER_BYTES, 64, stream.length]) {
    const reader = new FrameReader(1_024);
    const found = [];
    for (let at = 0; at < stream.length; at += step) found.push(...reader.push(stream.subarray(at, at + step)));
    expect(found.map((frame) => [frame.ordinal, frame.retire, frame.cpuMicros, frame.elapsedMicros])).toEqual([
      [7, false, 1_500, 1_700],
      [8, true, 1_500, 1_700],
      [4_000_000_000, false, 1_500, 1_700],
    ]);
    expect(found.map((frame) => Buffer.concat(frame.payload).toString())).toEqual(["first\n", "x".repeat(300), "é"]);
  }
});

test("garbage, empty answers and answers that are too large are faults", () => {
  expect(() => new FrameReader(1_024).push(Buffer.from("Segmentation fault, or so it says\n"))).toThrow(FrameFault);
  expect(() => new FrameReader(1_024).push(frameOf(1, ""))).toThrow("empty");
  expect(() => new FrameReader(4).push(frameOf(1, "12345"))).toThrow("5 bytes");
  expect(new FrameReader(5).push(frameOf(1, "12345"))).toHaveLength(1);
});
