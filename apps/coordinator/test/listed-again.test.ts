/** What was uploaded or listed is retried, replayed and continued as files are. */
import { expect, test } from "bun:test";
import { uploadSchema } from "@sluice/contracts";
import { zipOf } from "@sluice/sources/make-archive";
import { temporaryFolder } from "@sluice/testkit";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { ADMIN, startTestCoordinator, waitUntil } from "./support/test-coordinator.ts";

test("a listed batch of uploads and members: failed, replayed, retried, and continued on another build", async () => {
  using folder = temporaryFolder();
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl, {
    SLUICE_BLOBS: folder.path,
    SLUICE_KEEP_UPLOADS_DAYS: "0",
  });
  const classifiers = ["rules@1"];
  let down = true;
  const old = await startFakeWorker(coordinator, {
    engineVersion: "old-1",
    classifiers,
    answer: answerAll((item, request) => (down ? failedLine(item, "CHILD_OOM") : documentLine(item, request))),
  });
  const upload = async (name: string, body: Buffer) => {
    const headers = { authorization: `Bearer ${ADMIN}` };
    const response = await fetch(`${coordinator.url}/v1/uploads?name=${name}`, { method: "POST", headers, body });
    return uploadSchema.parse(await response.json()).uri;
  };
  const sources = [
    await upload("one.pdf", Buffer.from("one")),
    await upload("box.zip", zipOf([{ name: "m.pdf" }, { name: "n.pdf" }])),
  ];
  const { batchId } = await coordinator.open({ deduplicate: false }, { sources });
  expect(await coordinator.ended(batchId)).toMatchObject({
    items: 3,
    extract: { failed: 3 },
    listing: { state: "done" },
  });

  const linked = (requests: typeof old.requests) =>
    requests.flatMap(({ items }) => items).map(({ fetchUrl }) => fetchUrl?.startsWith("/v1/blobs/") ?? false);
  // A member is replayed with a link to the archive that it lies in.
  const before = old.requests.length;
  await coordinator.json("POST", `/v1/batches/${batchId}/items/2/replay`, {});
  expect(linked(old.requests.slice(before))).toEqual([true]);
  expect((await coordinator.status(batchId)).extract.failed).toBe(3);

  // One is retried and read; the other two stay for another build. What the listing has found is not listed again.
  down = false;
  await coordinator.json("POST", `/v1/batches/${batchId}/retry`, { ordinals: [0] });
  const read = await coordinator.ended(batchId);
  expect(read).toMatchObject({
    items: 3,
    extract: { succeeded: 1, failed: 2 },
    listing: { state: "done", sources: 2 },
  });
  expect(linked(old.requests)).not.toContain(false);
  await old[Symbol.asyncDispose]();
  await coordinator.json("POST", `/v1/batches/${batchId}/retry`, {});
  await using fresh = await startFakeWorker(coordinator, { engineVersion: "new-2", classifiers });
  const answer = await waitUntil(async () => {
    const response = await coordinator.request("POST", `/v1/batches/${batchId}/continue`, {});
    return response.ok ? ((await response.json()) as { batch: { batchId: string }; moved: number }) : null;
  });
  expect(answer.moved).toBe(2);
  const heir = await coordinator.ended(answer.batch.batchId);
  expect(heir).toMatchObject({ items: 2, extract: { succeeded: 2 }, listing: null, engineVersion: "new-2" });
  expect(linked(fresh.requests)).toEqual([true, true]);
  // The bytes are the heir's now, too: they outlive the batch that was opened with them.
  expect(
    await coordinator.sql("select count(*)::int as n from batch_uploads where batch_id = $1", [heir.batchId]),
  ).toEqual([{ n: 1 }]);
  for (const id of [batchId, heir.batchId]) expect((await coordinator.audit(id)).balanced).toBe(true);
}, 60_000);
