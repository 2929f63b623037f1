import { AppError, type BatchState, MOST_COMMIT_DOCUMENTS, type Priority } from "@sluice/contracts";
import type { Client } from "../database.ts";

export interface LockedBatch {
  readonly state: BatchState;
  readonly paused: boolean;
  readonly force: boolean;
  /** The most documents of a shard. */
  readonly commitDocuments: number;
  /** Its items come from sources that coordinators list. */
  readonly listsSources: boolean;
  readonly priority: Priority;
  readonly queue: string;
  /** Where its labels wait, when they are given in a stage of their own. */
  readonly labelQueue: string | null;
  /** The token that opened it; null where that is in no table. */
  readonly owner: string | null;
  readonly extractHash: Buffer;
  readonly classifyHash: Buffer | null;
}

/**
 * How a transaction holds a batch until its end. `append`: against other appends, seals, controls and cancels, beside
 * commits. `cancel`: against everything. Taken before any item or counter, so that nobody waits in a circle.
 */
export type BatchLock = "append" | "cancel";

const CLAUSES: Record<BatchLock, string> = { append: "for no key update", cancel: "for update" };

/** NOT_FOUND when there is no such batch. */
export async function lockBatch(client: Client, batchId: string, lock: BatchLock): Promise<LockedBatch> {
  const { rows } = await client.query(
    `select state, priority, queue, label_queue, extract_hash, classify_hash, (options ->> 'force')::boolean as force,
            (options ->> 'commitDocuments')::int as commit_documents,
            paused_at is not null as paused, lists_sources, created_by
       from batches where id = $1 and deleting_at is null ${CLAUSES[lock]}`,
    [batchId],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError("NOT_FOUND", `There is no batch ${batchId}.`);
  return {
    state: row.state,
    paused: row.paused,
    force: row.force,
    // Batches of earlier versions do not say.
    commitDocuments: row.commit_documents ?? MOST_COMMIT_DOCUMENTS,
    listsSources: row.lists_sources,
    priority: row.priority,
    queue: row.queue,
    labelQueue: row.label_queue,
    owner: row.created_by,
    extractHash: row.extract_hash,
    classifyHash: row.classify_hash,
  };
}

/**
 * The lock of a commit: against cancels only, so that what it finds pending stays so. Commits run beside each other.
 * Returns the batch's priority as it is now.
 */
export async function holdBatch(client: Client, batchId: string): Promise<Priority> {
  const { rows } = await client.query<{ priority: Priority }>({
    name: "hold-batch",
    text: "select priority from batches where id = $1 for key share",
    values: [batchId],
  });
  return rows[0]?.priority ?? "normal";
}
