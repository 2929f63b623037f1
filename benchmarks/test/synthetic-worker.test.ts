import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "@sluice/launcher";
import { startSyntheticWorker } from "../workers/start-synthetic-worker.ts";
import { sourceVersionOf } from "../workers/synthetic-documents.ts";

test("synthetic workers speak the protocol: a batch is stored whole, and they say what they did", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sluice-synthetic-"));
  try {
    await using cluster = await startCluster({ dataDir, workers: 0, logLevel: "error" });
    await using workers = await startSyntheticWorker({
      coordinators: [cluster.url],
      token: cluster.workerToken,
      workers: 2,
      slots: 2,
      msPerDocument: 1,
      pages: 3,
      pageBytes: 100,
    });
    const { client } = cluster;
    const items = Array.from({ length: 300 }, (_, ordinal) => ({
      ordinal,
      uri: `file:///synthetic/${ordinal}`,
      sizeBytes: 1_000,
      sourceVersion: sourceVersionOf(1_000),
    }));
    const { batch } = await client.openBatch();
    await client.appendItems(batch.batchId, items);
    await client.sealBatch(batch.batchId, items.length);
    for await (const { state } of client.watchBatch(batch.batchId)) if (state === "done") break;

    expect(await client.getBatch(batch.batchId)).toMatchObject({ pages: 900, extract: { succeeded: 300 } });
    expect((await client.audit(batch.batchId)).balanced).toBe(true);
    const stats = await workers.stats();
    expect(stats.reduce((sum, worker) => sum + worker.documents, 0)).toBe(300);
    expect(stats.every((worker) => worker.documents > 0 && worker.busyMs > 0)).toBe(true);
    await workers.stop();
    expect((await client.listWorkers()).filter((worker) => worker.live)).toEqual([]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
