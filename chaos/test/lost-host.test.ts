/** What a host leaves behind that is lost without a word: connections that nobody ends. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import {
  failOnLeakedProcesses,
  type Fleet,
  namespacesMissing,
  startFleet,
  temporaryFolder,
  waitUntil,
} from "@sluice/testkit";
import { DocumentSet } from "../src/documents/document-set.ts";

const missing = namespacesMissing();
if (missing !== null) process.stderr.write(`lost-host.test.ts is skipped: ${missing}\n`);

describe.skipIf(missing !== null)("a coordinator whose host is lost in mid-commit", () => {
  const scratch = temporaryFolder();
  const documents = new DocumentSet(join(scratch.path, "documents"));
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await startFleet({
      network: "namespaces",
      folder: join(scratch.path, "fleet"),
      fileRoots: [documents.folder],
      coordinators: 2,
      workers: 1,
      databaseProxy: false,
      postgresSettings: { fsync: "off", shared_buffers: "32MB" },
    });
    await fleet.whenReady();
  }, 240_000);
  afterAll(async () => {
    await fleet[Symbol.asyncDispose]();
    scratch[Symbol.dispose]();
  }, 60_000);
  failOnLeakedProcesses();

  test("holds its locks for seconds: another one stores the shard, once", async () => {
    const [doomed, other] = fleet.coordinators;
    const [first, second] = fleet.clients;
    if (doomed === undefined || other === undefined || first === undefined || second === undefined) {
      throw new Error("two coordinators are needed");
    }
    await other.stop();
    const holder = await fleet.connect();
    await holder.query("begin; lock table pages in access exclusive mode");
    const items = ["plain:1", "plain:2"].map((reference, ordinal) => documents.item(reference, ordinal).submission);
    const { batch } = await first.openBatch({ options: { classifier: "none" } });
    await first.appendItems(batch.batchId, items);
    await first.sealBatch(batch.batchId, items.length);
    await waitUntil("its COPY waits", async () => {
      const waiting = await fleet.query(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'copy'",
      );
      return waiting.length >= 1;
    });
    other.start();
    await other.whenUp();
    await fleet.cut(doomed.name);
    // The COPY begins now, and waits for rows that never come, the locks of its transaction in its hands.
    await holder.query("commit");
    await holder.end();
    const status = await waitUntil(
      "the batch is done",
      async () => {
        const now = await second.getBatch(batch.batchId);
        return now.state === "done" && now;
      },
      { timeoutMs: 60_000 },
    );
    expect(status.extract).toMatchObject({ succeeded: 2, duplicate: 0 });
    expect((await second.audit(batch.batchId)).checks.filter(({ ok }) => !ok)).toEqual([]);
    await fleet.mend(doomed.name);
  }, 180_000);
});
