import { expect, test } from "bun:test";
import type { Readiness } from "@sluice/contracts";
import { whenDiskFull } from "./when-disk-full.ts";

const full = (fullForMs: number): Readiness => ({
  ready: false,
  checks: { storage: { ok: false, reason: "PostgreSQL has no space left to write to", fullForMs } },
});

test("a disk that stays full is told, one that answers nothing or was full for a moment is not", async () => {
  const answers = [full(9_000), null, { ready: true, checks: { storage: { ok: true } } }, full(10_400)];
  let asked = 0;
  const readiness = () => {
    const answer = answers[asked++];
    return answer === undefined || answer === null ? Promise.reject(new Error("nobody")) : Promise.resolve(answer);
  };
  await expect(whenDiskFull({ readiness }, new AbortController().signal, 1)).rejects.toMatchObject({
    code: "DISK_FULL",
    message: "PostgreSQL has no space left to write to, for 10 s",
  });
  expect(asked).toBe(4);
});

test("ends with its signal", async () => {
  const done = new AbortController();
  const watched = whenDiskFull({ readiness: () => new Promise(() => {}) }, done.signal);
  done.abort(new Error("done"));
  await expect(watched).rejects.toThrow("done");
});
