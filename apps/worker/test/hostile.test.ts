import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync, rmSync } from "node:fs";
import type { FailedItem } from "@sluice/contracts";
import { briefly, type ReadItem, WorkerProcess } from "./worker-process.ts";

let worker: WorkerProcess;

beforeAll(async () => {
  worker = await WorkerProcess.start();
});

afterAll(async () => {
  await worker[Symbol.asyncDispose]();
});

/** A shard of a good document, one that misbehaves, and two good ones: what the middle one did, and its line. */
async function amongNeighbours(order: string, extract: { documentTimeoutMs?: number; documentMemoryMb?: number } = {}) {
  const { items, done } = await worker.run(worker.documents(["before", order, "after", "last"]), { extract });
  expect(briefly([items[0], items[2], items[3]] as ReadItem[])).toEqual(["0 before", "2 after", "3 last"]);
  return { failed: items[1] as FailedItem, done };
}

describe("a document that misbehaves costs exactly itself", () => {
  test("killed by a signal on both tries", async () => {
    const { failed, done } = await amongNeighbours("kill SIGSEGV");
    expect(failed).toMatchObject({ outcome: "failed", code: "CHILD_CRASHED" });
    expect(failed.message).toContain("SIGSEGV, as it did 2 times");
    expect(failed.evidence).toMatchObject({ signal: "SIGSEGV", exitCode: null, attempts: 2 });
    expect(failed.evidence?.stderrTail).toContain("last words before SIGSEGV");
    expect(failed.evidence?.peakRssBytes).toBeGreaterThan(10 << 20);
    expect(done).toMatchObject({ items: 4, childRestarts: 2 });
  });

  test("ended with an exit code", async () => {
    const { failed } = await amongNeighbours("exit 7");
    expect(failed).toMatchObject({ code: "CHILD_CRASHED", evidence: { exitCode: 7, signal: null, attempts: 2 } });
  });

  test("a crash that does not come again is no failure", async () => {
    const marker = `sluice-${crypto.randomUUID()}`;
    const { items, done } = await worker.run(worker.documents(["a", `crashOnce ${marker}`, "b"]));
    rmSync(`/tmp/${marker}`);
    expect(briefly(items)).toEqual(["0 a", "1 second try", "2 b"]);
    expect(done?.childRestarts).toBe(1);
  });

  test("hung", async () => {
    const { failed, done } = await amongNeighbours("loop", { documentTimeoutMs: 300 });
    expect(failed).toMatchObject({ code: "CHILD_TIMEOUT", evidence: { signal: "SIGKILL", attempts: 1 } });
    expect(failed.evidence?.elapsedMs).toBeGreaterThanOrEqual(300);
    expect(failed.cpuMs).toBeGreaterThan(10);
    expect(done?.childRestarts).toBe(1);
  });

  test("ate memory bit by bit", async () => {
    const { failed } = await amongNeighbours("hog", { documentMemoryMb: 128 });
    expect(failed).toMatchObject({ code: "CHILD_OOM", evidence: { signal: "SIGKILL", attempts: 1 } });
    expect(failed.evidence?.peakRssBytes).toBeGreaterThan(128 << 20);
    expect(failed.evidence?.peakRssBytes).toBeLessThan(1 << 30);
  });

  test.if(process.platform === "linux")("asked for memory in one gulp", async () => {
    const { failed } = await amongNeighbours("gulp", { documentMemoryMb: 128 });
    expect(failed.code).toBe("CHILD_OOM");
  });

  test("wrote garbage where answers go", async () => {
    const { failed } = await amongNeighbours("garbage");
    expect(failed.code).toBe("CHILD_CRASHED");
    expect(failed.message).toContain("broke the protocol");
  });

  test("panicked, or threw across the seam", async () => {
    expect((await amongNeighbours("panic")).failed).toMatchObject({ code: "NATIVE_PANIC", page: 3 });
    expect((await amongNeighbours("throw")).failed.message).toContain("thrown across the seam");
  });

  test("flooded stdout and stderr: it is read all the same", async () => {
    const { items } = await worker.run(worker.documents(["before", "flood 20", "after"]));
    expect(briefly(items)).toEqual(["0 before", "1 flooded", "2 after"]);
  });

  test("floods its pipes without end and without lines: cut at its limit, and the worker stays small", async () => {
    const before = residentBytes(worker.process.pid);
    const { failed } = await amongNeighbours("floodForever", { documentTimeoutMs: 1_500 });
    expect(failed).toMatchObject({ code: "CHILD_TIMEOUT", evidence: { signal: "SIGKILL", attempts: 1 } });
    expect(failed.evidence?.stderrTail?.length).toBeLessThanOrEqual(4_096);
    expect(residentBytes(worker.process.pid) - before).toBeLessThan(200 << 20);
  });

  test("announces an answer past every limit: killed at its header", async () => {
    const { failed } = await amongNeighbours("longFrame");
    expect(failed.code).toBe("CHILD_CRASHED");
    expect(failed.message).toContain("broke the protocol");
  });

  test("evidence stays small, whatever was printed", async () => {
    const { items } = await worker.run(worker.documents(["flood 2", "kill SIGABRT"]));
    const evidence = (items[1] as FailedItem).evidence;
    expect(evidence?.signal).toBe("SIGABRT");
    expect(evidence?.stderrTail?.length).toBeLessThanOrEqual(4_096);
    expect(evidence?.stderrTail).toEndWith("last words before SIGABRT\n");
  });
});

test("many bad ones in a row, and every neighbour is read", async () => {
  const orders = Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? "kill SIGSEGV" : `good ${index}`));
  const { items, done } = await worker.run(worker.documents(orders));
  expect(briefly(items)).toEqual(
    orders.map((order, index) => (order === "kill SIGSEGV" ? `${index} failed CHILD_CRASHED` : `${index} ${order}`)),
  );
  expect(done?.items).toBe(12);
});

test("a child knows nothing of the worker's environment and folder", async () => {
  const { items } = await worker.run(worker.documents(["environment"]));
  expect(briefly(items)[0]).toMatch(/^0 (?!.*SECRET)(?!.*SLUICE)\S* \/ \d+$/);
});

function residentBytes(pid: number): number {
  if (process.platform !== "linux") return 0;
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) * 1_024;
}

test("kills the whole worker: its stream breaks off, so that nothing of the shard counts", async () => {
  await using doomed = await WorkerProcess.start();
  // It may be gone before the head of its answer is there.
  const text = await doomed
    .post(doomed.request(doomed.documents(["before", "patricide", "after"])))
    .then((response) => response.text())
    .catch((error: unknown) => String(error));
  expect(text).not.toContain('"line":"done"');
  await doomed.process.exited;
  expect(doomed.process.signalCode).toBe("SIGKILL");
});
