import type { Fleet } from "@sluice/testkit";
import { labelOf } from "../llm/label-of.ts";
import type { Submission } from "../plan/plan.ts";
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
  category: string | null;
}

export interface BatchFindings {
  readonly faults: { readonly kind: string; readonly detail: string }[];
  /** Healthy documents that failed as what dies with the process that reads it does. */
  readonly blamed: string[];
  readonly items: number;
  /** Documents whose label failed because their LLM said nothing of use, or nothing in time. */
  readonly unlabelled: number;
}

const STORED = new Set(["succeeded", "duplicate", "unchanged"]);
const LLM_CODES = new Set(["LLM_ANSWER_INVALID", "LLM_REFUSED", "LLM_TIMEOUT"]);
const LABELLED = new Set(["classified", "abstained", "no_text"]);

/** Holds what is stored of one ended batch against the run's own book, without asking Sluice. */
export async function checkBatch(fleet: Fleet, batch: BookedBatch): Promise<BatchFindings> {
  const faults: BatchFindings["faults"] = [];
  const blamed: string[] = [];
  let unlabelled = 0;
  const { batchId, submission } = batch;
  if (batchId === null) return { faults, blamed, items: 0, unlabelled };
  const [state] = await fleet.query<{ state: string }>("select state from batches where id = $1", [batchId]);
  const rows = await fleet.query<ItemRow>(
    `select i.ordinal, i.uri, i.extract_state, i.classify_state, encode(i.content_hash, 'hex') as hash, i.code, i.evidence, i.attempts,
            c.category
       from items i
       join batches b on b.id = i.batch_id
       left join classifications c on c.content_hash = i.content_hash and c.extract_hash = b.extract_hash
                                  and c.classify_hash = b.classify_hash
      where i.batch_id = $1 order by i.ordinal`,
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
      const fault = faultOfLabel(row, { classifier: submission.classifier, name: document.name, isCancelled });
      if (fault !== null) faults.push({ kind: fault, detail: `${about}: ${row.classify_state} ${row.category}` });
      if (row.classify_state === "failed") unlabelled += 1;
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
  return { faults, blamed, items: rows.length, unlabelled };
}

/** What is wrong with the label of a document that is stored, or null. */
function faultOfLabel(
  { classify_state: state, code, category }: ItemRow,
  { classifier, name, isCancelled }: { classifier: Submission["classifier"]; name: string; isCancelled: boolean },
): string | null {
  const labelled = LABELLED.has(state);
  if (classifier !== "llm") return labelled === (classifier === "rules") ? null : "label missing or unasked";
  if (state === "failed") return LLM_CODES.has(code ?? "") ? null : "a label failed without a reason";
  if (state === "cancelled" && isCancelled) return null;
  if (!labelled) return "label missing or unasked";
  return state === "classified" && category !== labelOf(name) ? "another label" : null;
}
