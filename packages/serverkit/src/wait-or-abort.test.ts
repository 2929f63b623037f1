import { expect, test } from "bun:test";
import { waitOrAbort } from "./wait-or-abort.ts";

test("ends with its time, with its signal, and at once when the signal came before it", async () => {
  await waitOrAbort(1, new AbortController().signal);
  const later = new AbortController();
  const waiting = waitOrAbort(600_000, later.signal);
  later.abort();
  await waiting;
  await waitOrAbort(600_000, later.signal);
  expect(later.signal.aborted).toBe(true);
});
