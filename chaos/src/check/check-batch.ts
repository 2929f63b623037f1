import type { Fleet } from "@sluice/testkit";
import type { BookedBatch } from "../run/book.ts";
import { storedOf } from "../run/submit.ts";

interface ItemRow extends Record<string, unknown> {
  ordinal: number;
  uri: string;
  extract_state: string;
  classify_state: string;
  hash: string | null;
  code: string | null;
  evidence: { signal?: string | null; attempts?: number } | null;
  attempts: number;
}

export interface BatchFindings {
  readonly faults: { readonly kind: string; readonly detail: string }[];
  /** Healthy documents that failed as what dies with the process that reads it does. */
  readonly blamed: string[];
  readonly items: number;
}

const STORED = new Set(["succeeded", "duplicate", "unchanged"]);
const LABELLED = new Set(["classified", "abstained", "no_text"]);

/** Holds what is stored of one ended batch against the run's own book, without asking Sluice. */
export async function checkBatch(fleet: Fleet, batch: BookedBatch): Promise<BatchFindings> {
  const faults: BatchFindings["faults"] = [];
  const blamed: string[] = [];
  const { batchId, submission } = batch;
  if (batchId === null) return { faults, blamed, items: 0 };
  const [state] = await fleet.query<{ state: string }>("select state from batches where id = $1", [batchId]);
  const rows = await fleet.query<ItemRow>(
    `select ordinal, uri, extract_state, classify_state, encode(content_hash, 'hex') as hash, code, evidence, attempts
       from items where batch_id = $1 order by ordinal`,
    [batchId],
  );
  const isCancelled = state?.state === "cancelled";
  const expected = isCancelled ? batch.items.slice(0, rows.length) : batch.items;
  if (rows.length !== expected.length) {
    faults.push({ kind: "items lost or doubled", detail: `${rows.length} items of ${expected.length}` });
  }
  for (const [ordinal, { uri, document }] of expected.entries()) {
    const row = rows[ordinal];
    if (row === undefined) continue;
    const about = `item ${ordinal} (${document.name}, ${row.extract_state}${row.code === null ? "" : ` ${row.code}`})`;
    if (row.ordinal !== ordinal || row.uri !== uri) {
      faults.push({ kind: "another source", detail: `${about} is ${row.uri}` });
    } else if (row.extract_state === "pending") {
      faults.push({ kind: "pending in an ended batch", detail: about });
    } else if (row.extract_state === "cancelled") {
      if (!isCancelled) faults.push({ kind: "cancelled in a batch that is not", detail: about });
    } else if (STORED.has(row.extract_state)) {
      if (document.textHash === null) faults.push({ kind: "stored what cannot be read", detail: about });
      else if (row.hash !== document.contentHash)
        faults.push({ kind: "another content", detail: `${about}: ${row.hash}` });
      const labelled = LABELLED.has(row.classify_state);
      if (labelled !== (submission.classifier === "rules")) {
        faults.push({ kind: "label missing or unasked", detail: `${about}: ${row.classify_state}` });
      }
    } else if (row.extract_state !== "failed") {
      faults.push({ kind: "unexpected state", detail: about });
    } else if (!(document.codes as readonly (string | null)[]).includes(row.code)) {
      const byDeath =
        row.code === "WORKER_KILLED" || (row.code === "CHILD_CRASHED" && row.evidence?.signal === "SIGKILL");
      if (byDeath) blamed.push(`${submission.name} ${about}`);
      else faults.push({ kind: "wrong failure", detail: `${about} ${JSON.stringify(row.evidence)}` });
    } else if (row.code?.startsWith("CHILD_") === true && row.evidence === null) {
      faults.push({ kind: "failure without evidence", detail: about });
    }
  }
  if (submission.carrier === "bucket" && !isCancelled) {
    const listings = await fleet.query<{ source: string; state: string; code: string | null; problem_count: number }>(
      "select source, state, code, problem_count::int as problem_count from listings where batch_id = $1",
      [batchId],
    );
    for (const { source, state: listing, code, problem_count: problems } of listings) {
      if (listing === "done" && problems === 0) continue;
      faults.push({ kind: "not listed to its end", detail: `${source}: ${listing} ${code}, ${problems} problems` });
    }
  }
  if (batch.paused !== null) {
    const handedOut = await fleet.query<{ id: string }>(
      "select id from attempts where batch_id = $1 and dispatched_at > $2 and dispatched_at < $3",
      [batchId, batch.paused.from, batch.paused.to],
    );
    if (handedOut.length > 0) {
      faults.push({ kind: "handed out while paused", detail: handedOut.map(({ id }) => id).join(", ") });
    }
  }
  if (batch.cancelled !== null && isCancelled) {
    const now = await storedOf(fleet, batchId);
    if (now.states !== batch.cancelled.states || now.documents !== batch.cancelled.documents) {
      faults.push({
        kind: "changed after its cancellation",
        detail: `${batch.cancelled.documents} documents then, ${now.documents} now; states ${batch.cancelled.states} then, ${now.states} now`,
      });
    }
  }
  return { faults, blamed, items: rows.length };
}
