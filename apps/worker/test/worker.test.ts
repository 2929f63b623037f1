import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TextItem } from "@sluice/contracts";
import { MODEL_VERSION } from "../src/classifiers/model/model-version.ts";
import { RULES_VERSION } from "../src/classifiers/rules/rules-version.ts";
import { briefly, isAlive, type ReadItem, readOutcome, until, WorkerProcess } from "./worker-process.ts";

let worker: WorkerProcess;

beforeAll(async () => {
  worker = await WorkerProcess.start();
});

afterAll(async () => {
  await worker[Symbol.asyncDispose]();
});

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

/** The pid of the child that read the one document of this shard. */
function childPid(items: readonly ReadItem[]): number {
  return Number((items[0] as TextItem).pages[0]?.text?.split(" ").at(-1));
}

describe("who may ask for what", () => {
  test("only the token it registered with opens the door", async () => {
    const request = worker.request(worker.documents(["a"]));
    for (const token of [null, "wrong", "worker-token"]) {
      const response = await worker.post(request, { token });
      expect(response.status).toBe(401);
      expect(await codeOf(response)).toBe("UNAUTHORIZED");
    }
  });

  test("another protocol or engine is refused before anything is read", async () => {
    const request = worker.request(worker.documents(["a"]));
    const protocol = await worker.post({ protocol: 99, strange: true });
    expect([protocol.status, await codeOf(protocol)]).toEqual([409, "PROTOCOL_MISMATCH"]);
    const engine = await worker.post({ ...request, engineVersion: "9.9.9" });
    expect([engine.status, await codeOf(engine)]).toEqual([409, "ENGINE_MISMATCH"]);
    const shape = await worker.post({ ...request, items: [] });
    expect([shape.status, await codeOf(shape)]).toEqual([400, "BAD_REQUEST"]);
  });
});

describe("a shard", () => {
  test("is answered item by item, in order, with hashes and states", async () => {
    const documents = worker.documents(["first", "second\fpage", "third"]);
    const hash = new Bun.CryptoHasher("sha256").update("first").digest("hex");
    const known = documents.map((item) => ({ ...item, knownHashes: [hash] }));
    const { items, done } = await worker.run(known);
    expect(briefly(items)).toEqual(["0 known", "1 second|page", "2 third"]);
    expect(items[0]).toMatchObject({ contentHash: hash, sizeBytes: 5 });
    expect(items[1]).toMatchObject({ pageCount: 2, needsOcr: false, partial: false, classification: null });
    expect((items[1] as TextItem).sourceVersion).toMatch(/^11:\d{16,}$/);
    expect(done).toMatchObject({ line: "done", items: 3, childRestarts: 0 });
  });

  test("keeps no text when only facts are to be stored, and tells what needs OCR", async () => {
    const { items } = await worker.run(worker.documents(["secret words", "scan"]), { store: "meta" });
    expect(items.map((item) => (item as TextItem).pages[0]?.text)).toEqual([null, null]);
    expect(items.map((item) => (item as TextItem).needsOcr)).toEqual([false, true]);
  });

  test("is labelled when asked, by the built-in taxonomy or by another", async () => {
    const invoice =
      "INVOICE\nInvoice number 2026-118\nBill to: Acme Ltd\nSubtotal 100.00\nVAT 20%\nTotal due 120.00\nPayment terms 30 days\n";
    const documents = worker.documents([invoice, "scan"]);
    const builtIn = { classifier: "rules" as const, taxonomy: null, minConfidence: null };
    const { items } = await worker.run(documents, { classify: builtIn });
    expect((items[0] as TextItem).classification).toMatchObject({ state: "classified", category: "invoice" });
    expect((items[1] as TextItem).classification).toMatchObject({ state: "no_text", category: null });
    const unlabelled = await worker.run(documents);
    expect((unlabelled.items[0] as TextItem).classification).toBeNull();
  });

  test("says every second what it is reading", async () => {
    const { progress, items } = await worker.run(worker.documents(["slow 2500", "quick"]));
    expect(progress).toBeGreaterThanOrEqual(2);
    expect(briefly(items)).toEqual(["0 slept 2500", "1 quick"]);
  });

  test("larger than any buffer arrives whole", async () => {
    const { items } = await worker.run(worker.documents(["pages 2000", "small", "pages 1500"]), {
      extract: { maxPages: 10_000 },
    });
    expect(items.map((item) => (item as TextItem).pages.length)).toEqual([2_000, 1, 1_500]);
    expect((items[0] as TextItem).pages.every((page) => page.text === "x".repeat(3_000))).toBe(true);
  });

  test("a result past the size that was agreed is that document's failure", async () => {
    // 30,000 pages are more than the 64 MB of framing and twice the 1 MB of text that this shard allows.
    const { items } = await worker.run(worker.documents(["pages 30000", "small"]), {
      extract: { maxTextBytes: 1 << 20, documentMemoryMb: 4_096 },
    });
    expect(briefly(items)).toEqual(["0 failed LIMIT_EXCEEDED", "1 small"]);
  });
});

describe("slots", () => {
  test("a full worker says so, and when to come back", async () => {
    const running = worker.post(worker.request(worker.documents(["slow 700"])));
    await until(async () => (await worker.ready()).busy === 1);
    const refused = await worker.post(worker.request(worker.documents(["a"])));
    expect([refused.status, refused.headers.get("retry-after"), await codeOf(refused)]).toEqual([429, "1", "BUSY"]);
    expect(readOutcome(await (await running).bytes()).done).not.toBeNull();
    await until(async () => (await worker.ready()).busy === 0);
    expect((await worker.run(worker.documents(["a"]))).items).toHaveLength(1);
  });

  test("a reader that goes away frees its slot, and the document at work is given up", async () => {
    const abort = new AbortController();
    const response = await worker.post(worker.request(worker.documents(["quick", "loop"])), { signal: abort.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    expect((await worker.ready()).busy).toBe(1);
    abort.abort();
    await reader?.read().catch(() => {});
    await until(async () => (await worker.ready()).busy === 0);
    expect(briefly((await worker.run(worker.documents(["next"]))).items)).toEqual(["0 next"]);
  });

  test("a slow reader holds the worker up, and loses nothing", async () => {
    const count = 400;
    const orders = Array.from({ length: count }, () => "pages 100");
    const response = await worker.post(worker.request(worker.documents(orders)));
    const reader = response.body?.getReader();
    await reader?.read();
    await Bun.sleep(400);
    const held = await rssOf(worker.process.pid);
    // 120 MB in all; what is held is buffers, not the rest of the shard.
    expect(held).toBeLessThan(250 << 20);
    expect((await worker.ready()).busy).toBe(1);
    let text = 0;
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) text += part.value.length;
    expect(text).toBeGreaterThan(count * 299_000);
  });
});

async function rssOf(pid: number): Promise<number> {
  const ps = Bun.spawnSync(["ps", "-o", "rss=", "-p", String(pid)]);
  return Number(ps.stdout.toString()) * 1_024;
}

describe("the life of a worker", () => {
  test("a child is replaced after so many documents, in the middle of a shard too", async () => {
    await using recycling = await WorkerProcess.start({ SLUICE_RECYCLE_DOCUMENTS: "3" });
    const { items, done } = await recycling.run(recycling.documents(Array.from({ length: 10 }, () => "environment")));
    const pids = items.map((item) => childPid([item]));
    expect(new Set(pids).size).toBe(4);
    expect(pids.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => pids[0] as number));
    expect(done).toMatchObject({ items: 10, childRestarts: 0 });
    await until(() => !isAlive(pids[0] as number));
  });

  test("registers with its facts, renews, and leaves when it stops; what runs may end", async () => {
    const stopping = await WorkerProcess.start({ SLUICE_WORKERS: "2" });
    expect(stopping.registration).toMatchObject({
      slots: 2,
      address: stopping.url,
      engineVersion: "0.0.0-hostile",
      classifiers: [RULES_VERSION, MODEL_VERSION],
      labellers: [
        { classifier: RULES_VERSION, available: true, busySlots: 0 },
        { classifier: MODEL_VERSION, available: true, busySlots: 0 },
      ],
      pid: stopping.process.pid,
    });
    expect([...stopping.coordinator.tokens]).toEqual(["Bearer worker-token"]);
    await until(() => stopping.coordinator.registrations.length >= 3);
    const running = stopping.post(stopping.request(stopping.documents(["slow 800", "after"])));
    await until(() => stopping.registration.busySlots === 1);
    stopping.process.kill("SIGTERM");
    await until(() => stopping.coordinator.left.length === 1);
    expect(stopping.coordinator.left).toEqual([stopping.registration.workerId]);
    const outcome = readOutcome(await (await running).bytes());
    expect([briefly(outcome.items), outcome.done?.items]).toEqual([["0 slept 800", "1 after"], 2]);
    expect(await stopping.process.exited).toBe(0);
    await stopping[Symbol.asyncDispose]();
  });

  test("asked to drain, it refuses shards, ends those it has however long they take, and leaves", async () => {
    await using draining = await WorkerProcess.start({ SLUICE_WORKERS: "2" });
    const { coordinator } = draining;
    const running = draining.post(draining.request(draining.documents(["slow 1500", "after"])));
    await until(() => draining.registration.busySlots === 1);
    coordinator.drains = true;
    await until(async () => !(await draining.ready()).ready);
    const refused = await draining.post(draining.request(draining.documents(["late"])));
    expect([refused.status, await codeOf(refused)]).toEqual([503, "SHUTTING_DOWN"]);
    // It renews while it works, so that nobody takes it for dead.
    expect(coordinator.left).toEqual([]);
    const outcome = readOutcome(await (await running).bytes());
    expect([briefly(outcome.items), outcome.done?.items]).toEqual([["0 slept 1500", "1 after"], 2]);
    await until(() => coordinator.left.length === 1);
    const renewals = coordinator.registrations.length;
    await Bun.sleep(200);
    expect(coordinator.registrations).toHaveLength(renewals);
    expect(draining.process.exitCode).toBeNull();
  });

  test("no child outlives a worker that is killed, not even one that is stuck", async () => {
    const doomed = await WorkerProcess.start({ SLUICE_WORKERS: "2" });
    const { items } = await doomed.run(doomed.documents(["environment"]));
    const idle = childPid(items);
    const stuck = await doomed.post(doomed.request(doomed.documents(["loop"])));
    const reader = stuck.body?.getReader();
    let text = "";
    // Not the first line, which comes before the document has been handed over.
    while (!text.includes('"pid"')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    const working = Number(/"pid":(\d+)/.exec(text)?.[1]);
    expect([isAlive(idle), isAlive(working)]).toEqual([true, true]);
    doomed.process.kill("SIGKILL");
    await until(() => !isAlive(idle) && !isAlive(working));
    await reader?.cancel().catch(() => {});
    await doomed[Symbol.asyncDispose]();
  });

  test("ends when its parent's pipe closes", async () => {
    const orphan = await WorkerProcess.start();
    await orphan.process.stdin.end();
    expect(await orphan.process.exited).toBe(0);
    await orphan[Symbol.asyncDispose]();
  });

  test("does not start without an engine, and says so", async () => {
    expect(WorkerProcess.start({ SLUICE_EXTRACTOR: "/nowhere/engine.ts" })).rejects.toThrow("ADDON_MISSING");
    expect(WorkerProcess.start({ SLUICE_HOST: "0.0.0.0" })).rejects.toThrow("SLUICE_FILE_ROOTS");
  });
});
