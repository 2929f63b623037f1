import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileUri, type ReplayRequest, replayReportSchema } from "@sluice/contracts";

const MAIN = join(import.meta.dir, "../src/replay-item.ts");
const HOSTILE = join(import.meta.dir, "hostile-extractor.ts");

async function replay(
  content: string,
  extract: Partial<ReplayRequest["settings"]["extract"]> = {},
  extractor = HOSTILE,
) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-replay-"));
  const path = join(folder, "document");
  writeFileSync(path, content);
  const request: ReplayRequest = {
    ordinal: 17,
    uri: fileUri(path),
    sizeBytes: content.length,
    settings: {
      extract: {
        maxPages: 100,
        maxTextBytes: 1 << 20,
        maxDocumentBytes: 1 << 20,
        documentTimeoutMs: 20_000,
        documentMemoryMb: 512,
        ...extract,
      },
      store: "full",
      classify: { classifier: "rules", taxonomy: null, minConfidence: null },
    },
    passwords: [],
  };
  const child = Bun.spawn([process.execPath, MAIN], {
    stdin: new TextEncoder().encode(JSON.stringify(request)),
    stdout: "pipe",
    stderr: "pipe",
    env: { SLUICE_EXTRACTOR: extractor },
  });
  const [stdout, exitCode] = await Promise.all([child.stdout.text(), child.exited]);
  rmSync(folder, { recursive: true, force: true });
  return { exitCode, answer: JSON.parse(stdout) as unknown };
}

test("a document that is read: what came out, without its text", async () => {
  const { exitCode, answer } = await replay("some words\fand more");
  expect(exitCode).toBe(0);
  const report = replayReportSchema.parse(answer);
  expect(report).toMatchObject({ outcome: "extracted", pages: 2, childRestarts: 0, engineVersion: "0.0.0-hostile" });
  expect(report.contentHash).toBe(new Bun.CryptoHasher("sha256").update("some words\fand more").digest("hex"));
  expect(JSON.stringify(answer)).not.toContain("some words");
});

test("one that brings its process down: the same code and evidence as from a worker", async () => {
  const crashed = replayReportSchema.parse((await replay("kill SIGSEGV")).answer);
  expect(crashed).toMatchObject({ outcome: "failed", code: "CHILD_CRASHED", childRestarts: 2 });
  expect(crashed.evidence).toMatchObject({ signal: "SIGSEGV", attempts: 2 });
  expect(crashed.evidence?.stderrTail).toContain("last words before SIGSEGV");
  const hung = replayReportSchema.parse((await replay("loop", { documentTimeoutMs: 300 })).answer);
  expect(hung).toMatchObject({ code: "CHILD_TIMEOUT", childRestarts: 1, evidence: { signal: "SIGKILL" } });
  const panicked = replayReportSchema.parse((await replay("panic")).answer);
  expect(panicked).toMatchObject({ code: "NATIVE_PANIC", page: 3 });
});

test("without an engine it says so and ends with 1", async () => {
  const { exitCode, answer } = await replay("x", {}, "/nowhere/engine.ts");
  expect(exitCode).toBe(1);
  expect(answer).toMatchObject({ error: { code: "ADDON_MISSING" } });
});
