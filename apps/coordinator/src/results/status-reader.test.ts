import { expect, test } from "bun:test";
import type { BatchStatus } from "@sluice/contracts";
import { StatusReader } from "./status-reader.ts";

/** Readings that end when they are told to; each is answered with its number. */
function handReader() {
  const readings: PromiseWithResolvers<BatchStatus>[] = [];
  const reader = new StatusReader(() => {
    const reading = Promise.withResolvers<BatchStatus>();
    readings.push(reading);
    return reading.promise;
  });
  const answer = (number: number) => readings[number]?.resolve({ items: number } as BatchStatus);
  return { reader, readings, answer };
}

test("who asks while a batch is read gets the next reading, with all who asked until it began", async () => {
  const { reader, readings, answer } = handReader();
  const first = reader.read("a");
  const later = [reader.read("a"), reader.read("a"), reader.read("a")];
  expect(readings.length).toBe(1);
  answer(0);
  expect((await first).items).toBe(0);
  await Bun.sleep(0);
  expect(readings.length).toBe(2);
  // The second reading has begun: whoever comes now must not be given it.
  const last = reader.read("a");
  answer(1);
  for (const reading of later) expect((await reading).items).toBe(1);
  await Bun.sleep(0);
  answer(2);
  expect((await last).items).toBe(2);
  expect(readings.length).toBe(3);
});

test("batches do not wait for each other, and a reading that fails is nobody else's", async () => {
  const { reader, readings, answer } = handReader();
  const failing = reader.read("a");
  const behind = reader.read("a");
  const other = reader.read("b");
  expect(readings.length).toBe(2);
  readings[0]?.reject(new Error("away"));
  expect(failing).rejects.toThrow("away");
  answer(1);
  expect((await other).items).toBe(1);
  await Bun.sleep(0);
  answer(2);
  expect((await behind).items).toBe(2);
});
