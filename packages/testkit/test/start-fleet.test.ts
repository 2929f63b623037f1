import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { failOnLeakedProcesses } from "../src/fail-on-leaked-processes.ts";
import { namespacesMissing } from "../src/fleet/namespaces-missing.ts";
import { startFleet } from "../src/fleet/start-fleet.ts";
import { makePdf } from "../src/make-pdf.ts";
import { temporaryFolder } from "../src/temporary-folder.ts";
import { waitUntil } from "../src/wait-until.ts";

failOnLeakedProcesses();

const missing = namespacesMissing();
if (missing !== null) process.stderr.write(`start-fleet.test.ts: the fleet on namespaces is skipped: ${missing}\n`);

describe.each([
  ["namespaces", missing !== null],
  ["loopback", false],
] as const)("a fleet on %s", (network, skipped) => {
  test.skipIf(skipped)(
    "reads what is handed in, survives a kill of each part, and is gone at the end",
    async () => {
      using scratch = temporaryFolder();
      const documents = join(scratch.path, "documents");
      mkdirSync(documents);
      const paths = Array.from({ length: 12 }, (_, index) => join(documents, `${index}.pdf`));
      for (const [index, path] of paths.entries()) writeFileSync(path, makePdf({ pages: [`Document ${index}`] }));
      const sizeBytes = 100;
      await using fleet = await startFleet({
        network,
        folder: join(scratch.path, "fleet"),
        fileRoots: [documents],
        coordinators: 2,
        workers: 2,
        postgresSettings: { fsync: "off", shared_buffers: "32MB" },
      });
      await fleet.whenReady();
      const run = async (through: number) => {
        const client = fleet.clients[through];
        if (client === undefined) throw new Error("no such coordinator");
        const { batch } = await client.openBatch({ options: { force: true, classifier: "none" } });
        const items = paths.map((path, ordinal) => ({
          ordinal,
          uri: pathToFileURL(path).href,
          sizeBytes,
          sourceVersion: "1:1",
        }));
        await client.appendItems(batch.batchId, items);
        await client.sealBatch(batch.batchId, items.length);
        const done = await waitUntil(
          "the batch is done",
          async () => {
            const status = await client.getBatch(batch.batchId);
            return status.state === "done" && status;
          },
          { timeoutMs: 40_000 },
        );
        expect(done.extract.succeeded + done.extract.duplicate).toBe(paths.length);
        expect((await client.audit(batch.batchId)).balanced).toBe(true);
      };
      await run(0);
      for (const part of fleet.parts) {
        expect(await part.kill()).toBe(true);
        expect(part.pid).toBeNull();
        part.start();
      }
      await fleet.whenReady();
      await fleet.cut("worker-1");
      await run(1);
      await fleet.mend("worker-1");
      expect(await fleet.query("select count(*)::int as count from documents")).toEqual([{ count: paths.length }]);
    },
    120_000,
  );
});
