import { expect, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { BackgroundLoop } from "./background-loop.ts";

const logger = createLogger({ name: "test", level: "silent" });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(1);
}

test("a step is made at the start, whenever it is woken, also during a step, and not after the stop", async () => {
  let steps = 0;
  let gate = Promise.withResolvers<void>();
  const loop = new BackgroundLoop({
    name: "test",
    everyMs: 60_000,
    apartMs: 0,
    logger,
    step: async () => {
      steps += 1;
      await gate.promise;
    },
  });
  loop.start();
  await until(() => steps === 1);
  loop.wake();
  gate.resolve();
  await until(() => steps === 2);
  gate = Promise.withResolvers();
  loop.wake();
  await until(() => steps === 3);
  const stopped = loop.stop();
  let ended = false;
  void stopped.then(() => (ended = true));
  await Bun.sleep(5);
  expect(ended).toBe(false);
  gate.resolve();
  await stopped;
  loop.wake();
  await Bun.sleep(5);
  expect(steps).toBe(3);
});

test("a step that fails is made again, and said so each time", async () => {
  let steps = 0;
  let failures = 0;
  const loop = new BackgroundLoop({
    name: "test",
    everyMs: 60_000,
    apartMs: 0,
    logger,
    step: async () => {
      steps += 1;
      if (steps < 3) throw new Error("not yet");
    },
    failed: () => (failures += 1),
  });
  loop.start();
  await until(() => steps === 3);
  expect(failures).toBe(2);
  await loop.stop();
});

test("the first step waits as long as it is told to, and a stop does not", async () => {
  let steps = 0;
  const loop = (firstMs: number) =>
    new BackgroundLoop({
      name: "test",
      everyMs: 60_000,
      apartMs: 0,
      firstMs,
      logger,
      step: async () => void (steps += 1),
    });
  const late = loop(60_000);
  late.start();
  const soon = loop(10);
  soon.start();
  await until(() => steps > 0);
  await Promise.all([late.stop(), soon.stop()]);
  expect(steps).toBe(1);
});

test("a step may say when the next one is due, and a wake comes before that", async () => {
  let steps = 0;
  const loop = new BackgroundLoop({
    name: "test",
    everyMs: 60_000,
    apartMs: 60_000,
    logger,
    step: async () => {
      steps += 1;
      return steps < 3 ? 0 : 60_000;
    },
  });
  loop.start();
  await until(() => steps === 3);
  loop.wake();
  await until(() => steps === 4);
  await loop.stop();
  expect(steps).toBe(4);
});
