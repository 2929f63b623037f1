import { expect, test } from "bun:test";
import { LineStream, ReaderStalled } from "./line-stream.ts";

const bytes = (length: number, fill = "x") => Buffer.alloc(length, fill);

test("gives what was pushed, in order, and then ends", async () => {
  const stream = new LineStream(() => {});
  stream.push([bytes(3, "a"), bytes(2, "b")]);
  const reading = new Response(stream.readable).text();
  stream.push([bytes(700_000, "c")]);
  stream.end();
  expect(await reading).toBe(`aaabb${"c".repeat(700_000)}`);
});

test("a producer waits while the reader is behind", async () => {
  const stream = new LineStream(() => {});
  const reader = stream.readable.getReader();
  stream.push([bytes(2 << 20)]);
  let waited = false;
  const room = stream.room().then(() => (waited = true));
  await Bun.sleep(5);
  expect([waited, stream.drained]).toEqual([false, false]);
  await reader.read();
  await room;
  expect(stream.drained).toBe(true);
});

test("a reader that goes away is told of, and nobody waits for it", async () => {
  let cancelled = 0;
  const stream = new LineStream(() => (cancelled += 1));
  stream.push([bytes(2 << 20)]);
  const room = stream.room();
  await stream.readable.cancel();
  await room;
  stream.push([bytes(2 << 20)]);
  await stream.room();
  expect(cancelled).toBe(1);
});

test("a stream that fails breaks off", async () => {
  const stream = new LineStream(() => {});
  stream.push([bytes(10)]);
  stream.fail(new Error("cut"));
  expect(new Response(stream.readable).text()).rejects.toThrow("cut");
});

test("a reader that takes nothing for long is given up, one that is slow is not", async () => {
  const stalled = new LineStream(() => {}, 50);
  stalled.push([bytes(2 << 20)]);
  expect(stalled.room()).rejects.toBeInstanceOf(ReaderStalled);

  const slow = new LineStream(() => {}, 1_000);
  const reader = slow.readable.getReader();
  slow.push(Array.from({ length: 10 }, () => bytes(256 << 10)));
  const room = slow.room().then(() => "room" as const);
  while ((await Promise.race([room, Bun.sleep(200)])) !== "room") await reader.read();
});
