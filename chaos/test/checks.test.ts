/** The checks find what they are for: each damage is planted in a healthy store, seen, and taken back. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXPORT_FORMATS } from "@sluice/contracts";
import { failOnLeakedProcesses, type Fleet, startFleet, temporaryFolder, waitUntil } from "@sluice/testkit";
import { checkBatch } from "../src/check/check-batch.ts";
import { checkDeleted } from "../src/check/check-deleted.ts";
import { checkExport } from "../src/check/check-export.ts";
import { checkStore } from "../src/check/check-store.ts";
import { checkUploads } from "../src/check/check-uploads.ts";
import { DocumentSet } from "../src/documents/document-set.ts";
import type { BookedBatch } from "../src/run/book.ts";
import { exportBytes } from "../src/run/read-export.ts";
import { storedOf } from "../src/run/submit.ts";

const TABLES = ["items", "documents", "pages", "batches"] as const;
const REFERENCES = [
  "plain:1",
  "plain:2",
  "long:1",
  "plain:1:1",
  "broken:1",
  "word:1",
  "missing:1",
  "crash:1",
  "slow:1",
];

const scratch = temporaryFolder();
const documents = new DocumentSet(join(scratch.path, "documents"));
let fleet: Fleet;
let batch: BookedBatch;

beforeAll(async () => {
  fleet = await startFleet({
    network: "loopback",
    folder: join(scratch.path, "fleet"),
    fileRoots: [documents.folder],
    coordinators: 1,
    workers: 1,
    extractor: join(import.meta.dir, "../src/documents/poisoned-extractor.ts"),
    postgresSettings: { fsync: "off", shared_buffers: "32MB" },
  });
  await fleet.whenReady();
  const [client] = fleet.clients;
  if (client === undefined) throw new Error("no coordinator");
  const items = REFERENCES.map((reference, ordinal) => documents.item(reference, ordinal));
  const { batch: opened } = await client.openBatch({ options: { classifier: "rules" } });
  await client.appendItems(
    opened.batchId,
    items.map(({ submission }) => submission),
  );
  await client.sealBatch(opened.batchId, items.length);
  await waitUntil("the batch is done", async () => (await client.getBatch(opened.batchId)).state === "done");
  batch = {
    submission: {
      atMs: 0,
      name: "checked",
      through: 0,
      documents: REFERENCES,
      carrier: "files",
      piecesEvery: 0,
      folders: 1,
      classifier: "rules",
      priority: "normal",
      deduplicate: true,
      force: false,
      chunk: 100,
      restMs: 0,
      killsAfterMs: [],
      cancelAfterMs: null,
      pause: null,
      urgentAfterMs: null,
      retryAfterMs: null,
      delete: null,
    },
    round: 1,
    items: items.map(({ known, submission: { uri } }) => ({ uri, document: known })),
    batchId: opened.batchId,
    end: "sealed",
    cancelled: null,
    paused: null,
    deleted: false,
    retries: 0,
  };
  for (const table of TABLES) await fleet.query(`create table kept_${table} as table ${table}`);
}, 120_000);

afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
}, 60_000);
// After the fleet has been ended: these are called in order.
failOnLeakedProcesses();

async function kinds(): Promise<string[]> {
  const [ofBatch, ofStore] = [await checkBatch(fleet, batch), await checkStore(fleet, documents, null)];
  return [...new Set([...ofBatch.faults, ...ofStore.faults].map(({ kind }) => kind))].sort();
}

test("a healthy store has no fault", async () => {
  expect(await kinds()).toEqual([]);
  expect(await checkStore(fleet, documents, null)).toMatchObject({ documents: 4 });
});

/** The same batch, handed in otherwise. */
const carriedBy = (carrier: "uploads" | "bucket"): BookedBatch => ({
  ...batch,
  submission: { ...batch.submission, carrier },
});

test("not listed to its end", async () => {
  const listed = carriedBy("bucket");
  expect((await checkBatch(fleet, listed)).faults).toEqual([]);
  await fleet.query(
    "insert into listings (batch_id, number, source, state, code) values ($1, 0, 's3://papers/x/', 'failed', 'SOURCE_NOT_FOUND')",
    [batch.batchId],
  );
  expect((await checkBatch(fleet, listed)).faults.map(({ kind }) => kind)).toEqual(["not listed to its end"]);
  await fleet.query("delete from listings");
});

test("uploads that are lost, damaged, nobody's or not held", async () => {
  const folder = join(scratch.path, "uploads");
  mkdirSync(folder, { recursive: true });
  const [first] = batch.items;
  const { document } = first ?? { document: null };
  const original = documents.item("plain:1", 0);
  if (document === null) throw new Error("no item");
  const uploaded: BookedBatch = { ...carriedBy("uploads"), items: batch.items.slice(0, 1) };
  const found = async () =>
    (await checkUploads(fleet, { folder, documents, batches: [uploaded] })).map(({ kind }) => kind);
  expect(await found()).toEqual(["an upload is lost"]);
  await fleet.query("insert into uploads (content_hash, size_bytes, blob_name) values (decode($1, 'hex'), 1, 'one')", [
    document.contentHash,
  ]);
  expect(await found()).toEqual(["an upload without its bytes", "an upload nobody holds"]);
  await fleet.query("insert into batch_uploads (content_hash, batch_id) values (decode($1, 'hex'), $2)", [
    document.contentHash,
    batch.batchId,
  ]);
  writeFileSync(join(folder, "one"), "cut");
  expect(await found()).toEqual(["an upload of other bytes"]);
  writeFileSync(join(folder, "one"), await Bun.file(original.path).bytes());
  expect(await found()).toEqual([]);
  uploaded.deleted = true;
  expect(await found()).toEqual(["a deleted batch holds uploads"]);
  await fleet.query("insert into uploads (content_hash, size_bytes, blob_name) values (sha256('x'), 1, 'two')");
  expect(await found()).toContain("an upload nobody made");
  await fleet.query("delete from batch_uploads");
  await fleet.query("delete from uploads");
});

test("left of a deleted batch", async () => {
  const left = (await checkDeleted(fleet, batch.batchId ?? "")).map(({ detail }) => detail.replace(/.* of /, ""));
  expect(left).toEqual(expect.arrayContaining(["batches", "items", "attempts", "batch_counters"]));
  expect(await checkDeleted(fleet, crypto.randomUUID())).toEqual([]);
});

describe.each(EXPORT_FORMATS)("an export as %s", (format) => {
  test.each(["results", "pages"] as const)(
    "of %s agrees with the book, and not when it is cut or of something else",
    async (rows) => {
      const [client] = fleet.clients;
      if (client === undefined) throw new Error("no coordinator");
      const rowsOfItems = await fleet.query<{ extract_state: string }>(
        "select extract_state from items order by ordinal",
      );
      const states = rowsOfItems.map((item) => item.extract_state);
      const bytes = await exportBytes(client, batch.batchId ?? "", { rows, format });
      const found = async (of: Buffer, book = batch) =>
        (await checkExport(book, { rows, format, bytes: of, states })).map(({ kind }) => kind);
      expect(await found(bytes)).toEqual([]);
      // At a row's end, or where a connection happens to break.
      const lastRow = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
      for (const end of format === "parquet" ? [bytes.length / 2] : [lastRow, bytes.length - 3]) {
        const cut = await found(bytes.subarray(0, Math.floor(end)));
        expect(cut.length).toBeGreaterThan(0);
      }
      const [one, two, ...others] = batch.items;
      if (one === undefined || two === undefined) throw new Error("no items");
      expect(await found(bytes, { ...batch, items: [two, one, ...others] })).toContain("an export of something else");
    },
  );
});

const PLAIN_1 = "content_hash = (select content_hash from items where ordinal = 0)";

test.each([
  ["items lost or doubled", "delete from items where ordinal = 8"],
  ["another source", "update items set uri = 'file:///elsewhere' where ordinal = 1"],
  ["pending in an ended batch", "update items set extract_state = 'pending' where ordinal = 1"],
  ["cancelled in a batch that is not", "update items set extract_state = 'cancelled' where ordinal = 1"],
  ["stored what cannot be read", "update items set extract_state = 'succeeded' where ordinal = 4"],
  ["another content", "update items set content_hash = sha256('x') where ordinal = 1"],
  ["label missing or unasked", "update items set classify_state = 'none' where ordinal = 1"],
  ["unexpected state", "update items set extract_state = 'partial' where ordinal = 1"],
  ["wrong failure", "update items set code = 'CHILD_OOM' where ordinal = 7"],
  ["failure without evidence", "update items set evidence = null where ordinal = 7"],
  [
    "stored by more than one item, or by none",
    "update items set extract_state = 'succeeded' where extract_state = 'duplicate'",
  ],
  ["pages lost or doubled", "delete from pages where page_no = 7"],
  ["another text", `update pages set text = text || '!' where page_no = 1 and ${PLAIN_1}`],
  ["an item without its document", `delete from documents where ${PLAIN_1}`],
  ["pages without a document", `delete from documents where ${PLAIN_1}`],
  ["a document nobody handed in", `update documents set content_hash = sha256('x') where ${PLAIN_1}`],
  ["a document without an item", `update documents set content_hash = sha256('x') where ${PLAIN_1}`],
])("%s", async (kind, damage) => {
  await fleet.query(damage);
  try {
    expect(await kinds()).toContain(kind);
  } finally {
    for (const table of TABLES) {
      // Counters go with their batch, so batches are mended in place.
      if (table === "batches")
        await fleet.query("update batches b set state = k.state from kept_batches k where k.id = b.id");
      else
        await fleet
          .query(`with gone as (delete from ${table}) select 1`)
          .then(() => fleet.query(`insert into ${table} table kept_${table}`));
    }
    expect(await kinds()).toEqual([]);
  }
});

test("changed after its cancellation", async () => {
  const { batchId } = batch;
  if (batchId === null) throw new Error("no batch");
  await fleet.query("update batches set state = 'cancelled'");
  batch.cancelled = await storedOf(fleet, batchId);
  expect(await kinds()).toEqual([]);
  await fleet.query("update items set extract_state = 'cancelled' where ordinal = 5");
  expect(await kinds()).toContain("changed after its cancellation");
});

test("a healthy document that failed as what dies with its reader does is told apart", async () => {
  await fleet.query("update items set extract_state = 'failed', code = 'WORKER_KILLED' where ordinal = 1");
  expect((await checkBatch(fleet, batch)).blamed).toHaveLength(1);
});
