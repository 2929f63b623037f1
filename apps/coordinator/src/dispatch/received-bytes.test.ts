import { expect, test } from "bun:test";
import { ReceivedBytes } from "./received-bytes.ts";

test("the garbage is collected once for so many bytes, in whatever pieces they come", () => {
  let collected = 0;
  const received = new ReceivedBytes({ collectAtBytes: 100, collect: () => (collected += 1) });
  for (let piece = 0; piece < 25; piece += 1) received.add(10);
  expect(collected).toBe(2);
  received.add(1_000);
  expect(collected).toBe(3);
  received.add(99);
  expect(collected).toBe(3);
});
