import { expect, test } from "bun:test";
import type { ChildDeath } from "./extractor-child.ts";
import { nameDeath } from "./name-death.ts";

const death = (facts: Partial<ChildDeath>): ChildDeath => ({
  reason: null,
  fault: null,
  exitCode: null,
  signal: null,
  stderrTail: "",
  peakRssBytes: 300 << 20,
  elapsedMs: 12.4,
  reaped: true,
  cpuMicros: 0,
  ...facts,
});
const named = (facts: Partial<ChildDeath>, attempts = 1) =>
  nameDeath(death(facts), { attempts, documentTimeoutMs: 500, documentMemoryMb: 256 });

test("limits passed are final, crashes may be tried again", () => {
  expect(named({ reason: "timeout", signal: "SIGKILL" })).toMatchObject({ code: "CHILD_TIMEOUT", retryable: false });
  expect(named({ reason: "memory", signal: "SIGKILL" })).toMatchObject({ code: "CHILD_OOM", retryable: false });
  expect(named({ signal: "SIGSEGV" })).toMatchObject({ code: "CHILD_CRASHED", retryable: true });
  // Killed from outside, perhaps by the kernel: not this document's doing as far as anybody knows.
  expect(named({ signal: "SIGKILL" })).toMatchObject({ code: "CHILD_CRASHED", retryable: true });
});

test("an allocator that aborts has run out of memory, whatever the signal", () => {
  const stderrTail = "memory allocation of 8589934592 bytes failed\n";
  expect(named({ signal: "SIGABRT", stderrTail })).toMatchObject({ code: "CHILD_OOM", retryable: false });
  expect(named({ signal: "SIGABRT", stderrTail: "assertion failed" }).code).toBe("CHILD_CRASHED");
});

test("the message and the evidence say what happened", () => {
  expect(named({ exitCode: 7 }, 2).message).toBe("Its extractor ended with exit code 7, as it did 2 times.");
  expect(named({ reason: "memory" }).message).toContain("300 MB; 256 MB");
  expect(named({ reason: "timeout", reaped: false }).message).toContain("500 ms, the limit. The system could not end");
  expect(named({ exitCode: 7, stderrTail: "tail" }, 2).evidence).toEqual({
    exitCode: 7,
    signal: null,
    stderrTail: "tail",
    peakRssBytes: 300 << 20,
    elapsedMs: 12,
    attempts: 2,
  });
});
