import { expect, test } from "bun:test";
import { BatchChanges } from "./batch-changes.ts";

const never = new AbortController().signal;
const LONG_MS = 60_000;

test("whoever waits for a batch hears of its changes, and of no other's", async () => {
  const changes = new BatchChanges();
  let heard = "";
  const first = changes.next("a", LONG_MS, never).then(() => (heard += "a"));
  const other = changes.next("b", LONG_MS, never).then(() => (heard += "b"));
  changes.changed("a");
  await first;
  expect(heard).toBe("a");
  changes.changed("b");
  await other;
  expect(heard).toBe("ab");
});

test("a wait ends with its time or its signal", async () => {
  const changes = new BatchChanges();
  await changes.next("a", 1, never);
  const abort = new AbortController();
  const waiting = changes.next("a", LONG_MS, abort.signal);
  abort.abort();
  await waiting;
  await changes.next("a", LONG_MS, abort.signal);
});
