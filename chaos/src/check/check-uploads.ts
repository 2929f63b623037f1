import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "@sluice/testkit";
import type { DocumentSet } from "../documents/document-set.ts";
import type { BookedBatch } from "../run/book.ts";

interface Fault {
  readonly kind: string;
  readonly detail: string;
}

interface UploadRow extends Record<string, unknown> {
  hash: string;
  blob_name: string;
}

/**
 * Holds the kept uploads against the documents: each content that an item names is kept once, and its bytes are whole. What a client
 * uploaded and never named is kept as well; nothing is that nobody has.
 */
export async function checkUploads(
  fleet: Fleet,
  { folder, documents, batches }: { folder: string; documents: DocumentSet; batches: readonly BookedBatch[] },
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const rows = await fleet.query<UploadRow>("select encode(content_hash, 'hex') as hash, blob_name from uploads");
  for (const { hash, blob_name: name } of rows) {
    if (documents.byHash(hash) === null) faults.push({ kind: "an upload nobody made", detail: hash });
    else if (!existsSync(join(folder, name))) faults.push({ kind: "an upload without its bytes", detail: hash });
    else if ((await sha256Of(join(folder, name))) !== hash)
      faults.push({ kind: "an upload of other bytes", detail: hash });
  }
  const kept = new Set(rows.map(({ hash }) => hash));
  const named = await fleet.query<{ batch_id: string; hash: string }>(
    "select batch_id, encode(content_hash, 'hex') as hash from batch_uploads",
  );
  const held = Map.groupBy(named, ({ batch_id }) => batch_id);
  for (const { batchId, submission, items, deleted } of batches) {
    if (submission.carrier !== "uploads" || batchId === null) continue;
    const of = new Set(held.get(batchId)?.map(({ hash }) => hash));
    if (deleted && of.size > 0) faults.push({ kind: "a deleted batch holds uploads", detail: batchId });
    if (deleted) continue;
    const [{ count } = { count: 0 }] = await fleet.query<{ count: number }>(
      "select count(*)::int as count from items where batch_id = $1",
      [batchId],
    );
    for (const { document } of items.slice(0, count)) {
      const hash = document.contentHash ?? "";
      if (!kept.has(hash)) faults.push({ kind: "an upload is lost", detail: `${submission.name}: ${document.name}` });
      else if (!of.has(hash))
        faults.push({ kind: "an upload nobody holds", detail: `${submission.name}: ${document.name}` });
    }
  }
  return faults;
}

async function sha256Of(path: string): Promise<string> {
  return new Bun.CryptoHasher("sha256").update(await Bun.file(path).bytes()).digest("hex");
}
