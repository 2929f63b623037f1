import { expect, test } from "bun:test";
import { AttemptEnded } from "./attempt-ended.ts";
import { StreamWatch } from "./stream-watch.ts";

const LONG_MS = 600_000;

/** Lets time pass until the watch has ended the attempt, sending a sign of life every 2 ms. */
async function untilEnded(abort: AbortController, signOfLife: () => void): Promise<AttemptEnded> {
  while (!abort.signal.aborted) {
    signOfLife();
    await Bun.sleep(2);
  }
  if (!(abort.signal.reason instanceof AttemptEnded)) throw new Error("ended by something else");
  return abort.signal.reason;
}

test("silence is a lost worker, and says what it was reading", async () => {
  const abort = new AbortController();
  using watch = new StreamWatch({ documentTimeoutMs: LONG_MS, abort, silenceMs: 40, stuckMs: LONG_MS });
  watch.reads(7);
  const end = await untilEnded(abort, () => undefined);
  expect(end.outcome).toBe("worker_lost");
  expect(end.detail.ordinal).toBe(7);
});

test("progress lines without an item are a document that holds its worker", async () => {
  const abort = new AbortController();
  using watch = new StreamWatch({ documentTimeoutMs: LONG_MS, abort, silenceMs: LONG_MS, stuckMs: 60 });
  const end = await untilEnded(abort, () => {
    watch.sawBytes();
    watch.reads(3);
  });
  expect(end.outcome).toBe("cut");
  expect(end.detail.ordinal).toBe(3);
});

test("items and bytes keep it going, and so does a pause of this very process", async () => {
  const abort = new AbortController();
  using watch = new StreamWatch({ documentTimeoutMs: LONG_MS, abort, silenceMs: 100, stuckMs: 100 });
  for (let step = 0; step < 100; step += 1) {
    watch.sawBytes();
    watch.sawItem();
    await Bun.sleep(2);
  }
  Bun.sleepSync(300);
  // The check that is overdue runs now; what arrived during the pause is read after it.
  await Bun.sleep(1);
  expect(abort.signal.aborted).toBe(false);
});
