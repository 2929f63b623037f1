import { expect, test } from "bun:test";
import { StoreRoom } from "./store-room.ts";

test("is full from the first refused commit, until one is stored or none waits any more", () => {
  let now = 100;
  const room = new StoreRoom(() => now);
  expect(room.fullForMs).toBeNull();
  room.refuse();
  now += 3_000;
  room.refuse();
  expect(room.fullForMs).toBe(3_000);
  room.stored();
  expect(room.fullForMs).toBeNull();
  room.refuse();
  now += 15_001;
  expect(room.fullForMs).toBeNull();
  room.refuse();
  expect(room.fullForMs).toBe(0);
});
