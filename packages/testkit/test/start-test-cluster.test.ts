import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listDirectory } from "@sluice/client";
import { failOnLeakedProcesses, makePdf, startTestCluster, temporaryFolder } from "../src/index.ts";

failOnLeakedProcesses();

test("a document goes through real processes, and nothing is left of them", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "a.pdf"), makePdf({ pages: ["Hello from the first page", "and the second"] }));
  await using cluster = await startTestCluster();
  const { batch } = await cluster.client.openBatch({ options: { classifier: "none" } });
  let ordinal = 0;
  for await (const entry of listDirectory(folder.path)) {
    if (entry.kind !== "file") continue;
    const { uri, sizeBytes, sourceVersion } = entry;
    await cluster.client.appendItems(batch.batchId, [{ ordinal, uri, sizeBytes, sourceVersion }]);
    ordinal += 1;
  }
  await cluster.client.sealBatch(batch.batchId, ordinal);
  const states = await Array.fromAsync(cluster.client.watchBatch(batch.batchId), (status) => status.state);
  expect(states.at(-1)).toBe("done");
  const rows = await Array.fromAsync(cluster.client.results(batch.batchId));
  expect(rows).toMatchObject([{ ordinal: 0, state: "succeeded", pages: 2 }]);
});
