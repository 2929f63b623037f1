import { expect, test } from "bun:test";
import { AttemptEnded } from "./attempt-ended.ts";
import { ownSlot } from "./own-slot.ts";

const endOf = async (waiting: Promise<void>) =>
  await waiting.catch((error: unknown) => (error as AttemptEnded).outcome);
const never = new Promise<null>(() => undefined);

test("the slot is its own when the shard before it has ended well", async () => {
  expect(await endOf(ownSlot(Promise.resolve(null), new AbortController().signal))).toBeUndefined();
});

test("what took the worker with it is not followed: nothing was begun, so nobody is to blame", async () => {
  const lost = Promise.resolve(new AttemptEnded("worker_lost"));
  expect(await endOf(ownSlot(lost, new AbortController().signal))).toBe("unreachable");
});

test("a slot that does not come free is given up", async () => {
  expect(await endOf(ownSlot(never, new AbortController().signal))).toBe("busy");
});

test("who ends the attempt need not wait for the slot", async () => {
  const abort = new AbortController();
  const waiting = endOf(ownSlot(never, abort.signal));
  abort.abort(new AttemptEnded("cancelled"));
  expect(await waiting).toBe("cancelled");
  expect(await endOf(ownSlot(never, abort.signal))).toBe("cancelled");
});
