import { expect, test } from "bun:test";
import { closeSync, mkdtempSync, readdirSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileUri, type FailedItem, type ShardItem, type TextItem } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import type { ReadSettings } from "../src/extractors/child-request.ts";
import { FRAME_HEADER_BYTES } from "../src/extractors/frame.ts";
import { ExtractorPool, type PoolOptions } from "../src/extractors/pool/extractor-pool.ts";
import { spawnChild } from "../src/extractors/pool/spawn-child.ts";
import { isAlive, type ReadItem, readOutcome, until } from "./worker-process.ts";

const HOSTILE = join(import.meta.dir, "hostile-extractor.ts");

class PoolUnderTest extends ExtractorPool implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), "sluice-pool-"));

  constructor(options: Partial<PoolOptions> = {}) {
    super({
      slots: 2,
      extractor: HOSTILE,
      fileRoots: ["/"],
      recycleDocuments: 1_000,
      recycleRssMb: 1_024,
      logger: createLogger({ name: "test", level: "silent" }),
      ...options,
    });
  }

  items(...contents: string[]): ShardItem[] {
    return contents.map((content, ordinal) => {
      const path = join(this.folder, crypto.randomUUID());
      writeFileSync(path, content);
      return { ordinal, uri: fileUri(path), sizeBytes: content.length, knownHashes: [] };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const settings = (changes: Partial<ReadSettings["extract"]> = {}): ReadSettings => ({
  extract: {
    maxPages: 100,
    maxTextBytes: 1 << 20,
    maxDocumentBytes: 1 << 20,
    documentTimeoutMs: 20_000,
    documentMemoryMb: 512,
    ...changes,
  },
  store: "full",
  classify: null,
  passwords: [],
});

async function readAll(pool: PoolUnderTest, items: ShardItem[], using = settings()): Promise<ReadItem[]> {
  const lease = pool.acquire();
  if (lease === null) throw new Error("no slot");
  const answers: Uint8Array[] = [];
  try {
    for await (const item of lease.read(items, using)) answers.push(...item.line);
  } finally {
    lease.release();
  }
  return readOutcome(Buffer.concat(answers)).items;
}

test("a child that cannot be killed costs its document, then its slot, until it is gone", async () => {
  // A process in uninterruptible sleep cannot be had on demand; a kill that does nothing looks the same from here.
  const unkillable: number[] = [];
  let killable = false;
  const kill = (pid: number) => {
    if (killable) process.kill(pid, "SIGKILL");
    else unkillable.push(pid);
  };
  await using pool = new PoolUnderTest({ kill, reapTimeoutMs: 100 });
  const lines = await readAll(pool, pool.items("loop", "after"), settings({ documentTimeoutMs: 100 }));
  expect(lines[0]).toMatchObject({
    code: "CHILD_TIMEOUT",
    evidence: { signal: null, attempts: 1 },
  } satisfies Partial<FailedItem>);
  expect((lines[0] as FailedItem).message).toContain("could not end its process");
  expect(lines[1]).toMatchObject({ outcome: "extracted" });
  expect(pool.stats).toMatchObject({ slots: 2, busy: 0, lost: 1 });

  const first = pool.acquire();
  expect(first).not.toBeNull();
  expect(pool.acquire()).toBeNull();
  first?.release();

  await readAll(pool, pool.items("loop"), settings({ documentTimeoutMs: 100 }));
  expect(pool.stats.lost).toBe(2);
  expect(pool.acquire()).toBeNull();

  killable = true;
  for (const pid of unkillable) process.kill(pid, "SIGKILL");
  await until(() => pool.stats.lost === 0);
  expect(await readAll(pool, pool.items("again"))).toMatchObject([{ outcome: "extracted" }]);
});

test("a child is kept between shards, and one that died in the meantime is replaced", async () => {
  await using pool = new PoolUnderTest();
  expect(await pool.start()).toBe("0.0.0-hostile");
  const pidOf = async () => {
    const [line] = await readAll(pool, pool.items("environment"));
    return Number((line as TextItem).pages[0]?.text?.split(" ").at(-1));
  };
  const pid = await pidOf();
  expect(await pidOf()).toBe(pid);
  process.kill(pid, "SIGKILL");
  await until(() => pool.stats.children === 0);
  const next = await pidOf();
  expect(next).not.toBe(pid);
  expect(pool.stats).toMatchObject({ busy: 0, children: 1, childrenStarted: 2 });
});

test("memory left behind by one document is not held against the next batch", async () => {
  await using pool = new PoolUnderTest({ slots: 1 });
  const large = pool.items("pages 8000");
  const roomy = settings({ documentMemoryMb: 2_048, maxTextBytes: 1 << 26 });
  expect(await readAll(pool, large, roomy)).toMatchObject([{ outcome: "extracted" }]);
  const tight = settings({ documentMemoryMb: 64 });
  expect(await readAll(pool, pool.items("small", "small too"), tight)).toMatchObject([
    { outcome: "extracted" },
    { outcome: "extracted" },
  ]);
});

test("a pool that stops ends the working and the idle alike", async () => {
  const pool = new PoolUnderTest();
  await readAll(pool, pool.items("a"));
  const reading = readAll(pool, pool.items("loop"));
  await until(() => pool.stats.busy === 1);
  await Bun.sleep(50);
  await pool[Symbol.asyncDispose]();
  expect(await reading).toEqual([]);
  expect(pool.stats.children).toBe(0);
  expect(pool.acquire()).toBeNull();
});

test.if(process.platform === "linux")(
  "where the kernel does not do it, a guard kills a stuck child whose parent has gone",
  async () => {
    const script = `
    import { spawnChild } from ${JSON.stringify(join(import.meta.dir, "../src/extractors/pool/spawn-child.ts"))};
    const child = spawnChild({ extractor: process.argv[1], fileRoots: ["/"], parentPid: process.pid }, true);
    console.log(child.pid);
    await Bun.sleep(600_000);`;
    const folder = mkdtempSync(join(tmpdir(), "sluice-guard-"));
    const stuck = join(folder, "stuck.ts");
    // Undoes what Linux would do, and hangs while it is loaded.
    writeFileSync(
      stuck,
      `import { dlopen } from "bun:ffi";
     dlopen("libc.so.6", { prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" } }).symbols.prctl(1, 0n, 0n, 0n, 0n);
     for (;;);`,
    );
    const parent = Bun.spawn([process.execPath, "-e", script, stuck], { stdout: "pipe", stderr: "inherit" });
    const reader = parent.stdout.getReader();
    const pid = Number(Buffer.from((await reader.read()).value ?? []).toString());
    await Bun.sleep(300);
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !isAlive(pid));
    rmSync(folder, { recursive: true, force: true });
  },
);

test("frames have a channel of their own", async () => {
  const child = spawnChild({ extractor: "/nowhere", fileRoots: ["/"], parentPid: process.pid });
  expect(await child.exited).toBe(1);
  const frames = Buffer.alloc(64 << 10);
  expect(readSync(child.answers, frames)).toBeGreaterThan(FRAME_HEADER_BYTES);
  closeSync(child.answers);
  expect(frames.toString("latin1")).toStartWith("SLc2");
});

test("answers that nobody takes keep their extractor waiting, and its document's time stands still", async () => {
  await using pool = new PoolUnderTest({ slots: 1 });
  const lease = pool.acquire();
  // 20 MB, which is more than may wait here, and less time for a document than nobody takes any.
  const items = pool.items(...Array.from({ length: 20 }, () => "pages 350"));
  const read: number[] = [];
  for await (const item of lease?.read(items, settings({ documentTimeoutMs: 400 })) ?? []) {
    read.push(item.ordinal);
    if (read.length > 1) continue;
    await Bun.sleep(1_000);
    expect(lease?.current?.ordinal).toBeLessThan(14);
  }
  lease?.release();
  expect(read).toEqual(items.map((item) => item.ordinal));
  expect(lease?.childRestarts).toBe(0);
});

test("of many documents asked for together, the one that kills its extractor is the one at fault", async () => {
  await using pool = new PoolUnderTest({ slots: 1 });
  const contents = Array.from({ length: 40 }, (_, index) => (index === 23 ? "kill SIGKILL" : `text ${index}`));
  const answers = await readAll(pool, pool.items(...contents));
  expect(answers.map((answer) => answer.outcome)).toEqual(
    contents.map((_, at) => (at === 23 ? "failed" : "extracted")),
  );
  expect(answers[23]).toMatchObject({ code: "CHILD_CRASHED", evidence: { signal: "SIGKILL", attempts: 2 } });
});

test.if(process.platform === "linux")("an extractor that has ended leaves no open descriptor behind", async () => {
  await using pool = new PoolUnderTest({ slots: 1, recycleDocuments: 1 });
  const open = () => readdirSync("/proc/self/fd").length;
  await readAll(pool, pool.items("first"));
  const before = open();
  await readAll(pool, pool.items("a", "b", "c", "d"));
  await until(() => open() <= before);
});
