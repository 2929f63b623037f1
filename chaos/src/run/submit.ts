import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { ApiError, pause as rest, type SluiceClient } from "@sluice/client";
import type { Fleet } from "@sluice/testkit";
import type { Job } from "../client/job.ts";
import { readJournal } from "../client/read-journal.ts";
import type { Book, BookedBatch } from "./book.ts";
import type { EventLog } from "./event-log.ts";
import type { Load } from "./load-of.ts";

const SUBMITTER = join(import.meta.dir, "../client/submitter.ts");
const RESTART_AFTER_MS = 200;
const REST_MS = 200;

export interface SubmitParts {
  readonly fleet: Fleet;
  readonly book: Book;
  readonly log: EventLog;
  /** For jobs and journals. */
  readonly folder: string;
  /** Aborted: the run gives up. */
  readonly signal: AbortSignal;
}

/**
 * Plays one submission of the plan: a client process that is killed as often as the plan says and continued by the next
 * one, and a cancellation where one is planned. Returns when the client has come to its end.
 */
export async function submit(parts: SubmitParts, batch: BookedBatch, load: Load): Promise<void> {
  const { submission } = batch;
  const stem = join(parts.folder, submission.name.replaceAll(" ", "-"));
  const journal = `${stem}.journal`;
  const urls = parts.fleet.clientUrls;
  const job: Job = {
    urls: [...urls.slice(submission.through), ...urls.slice(0, submission.through)],
    token: parts.fleet.adminToken,
    name: submission.name,
    options: {
      classifier: submission.classifier,
      priority: submission.priority,
      deduplicate: submission.deduplicate,
      force: submission.force,
      documentTimeoutMs: DOCUMENT_TIMEOUT_MS,
      documentMemoryMb: DOCUMENT_MEMORY_MB,
    },
    carrier: submission.carrier,
    ...load,
    piecesEvery: submission.piecesEvery,
    chunk: submission.chunk,
    restMs: submission.restMs,
    journal,
  };
  writeFileSync(`${stem}.json`, JSON.stringify(job));
  const { cancelAfterMs, urgentAfterMs, retryAfterMs } = submission;
  const inVain = new AbortController();
  const orderParts = { ...parts, signal: AbortSignal.any([parts.signal, inVain.signal]) };
  const after = async (ms: number, act: () => Promise<unknown>) => {
    await rest(ms, orderParts.signal);
    await act();
  };
  const paused =
    submission.pause === null
      ? Promise.resolve()
      : after(submission.pause.afterMs, () => pause(orderParts, batch, journal, submission.pause?.forMs ?? 0));
  const orders = Promise.all([
    paused,
    cancelAfterMs === null ? null : after(cancelAfterMs, () => cancel(orderParts, batch, journal)),
    urgentAfterMs === null
      ? null
      : after(urgentAfterMs, () =>
          persist(orderParts, batch, journal, "make urgent", (client, id) =>
            client.changeBatch(id, { priority: "interactive" }),
          ),
        ),
    // A pause ends with its batch, and what is retried then is handed out: not before the pause would have ended.
    retryAfterMs === null ? null : after(retryAfterMs, () => paused.then(() => retry(orderParts, batch, journal))),
    submission.delete === null ? null : after(submission.delete.afterMs, () => remove(orderParts, batch, journal)),
  ]);
  // It is awaited after the client's end.
  orders.catch(() => undefined);
  for (const killAfterMs of [...submission.killsAfterMs, null]) {
    const ended = await runClient(parts, submission.name, `${stem}.json`, killAfterMs);
    readOff(batch, journal);
    if (ended) break;
    await rest(RESTART_AFTER_MS, parts.signal);
  }
  // Its client failed, which is on the book; there is nothing to give orders about.
  if (batch.batchId === null) inVain.abort(new Error("there is no batch"));
  else await orders;
}

/** Shards of huge documents on a busy machine take seconds; hanging ones are to be over soon. */
const DOCUMENT_TIMEOUT_MS = 10_000;
const DOCUMENT_MEMORY_MB = 512;

/** False: it was killed. */
async function runClient(
  { fleet, book, log, signal }: SubmitParts,
  name: string,
  job: string,
  killAfterMs: number | null,
): Promise<boolean> {
  signal.throwIfAborted();
  const child = Bun.spawn([...fleet.clientHost.commandPrefix, process.execPath, "--no-env-file", SUBMITTER, job], {
    // It ends with this process: its input is at its end then.
    stdin: "pipe",
    stdout: "ignore",
    stderr: "pipe",
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: "/",
  });
  const onAbort = () => child.kill("SIGKILL");
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [complaint, code] = await Promise.all([child.stderr.text(), child.exited]);
  if (timer !== null) clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  if (child.signalCode === "SIGKILL" && killAfterMs !== null) {
    book.count("killed: client");
    book.count("kills");
    log.note("client killed", { name });
    return false;
  }
  if (code !== 0 && !signal.aborted) {
    book.violate({ round: 0, batchId: null, name, kind: "client failed", detail: complaint.slice(-2_000) });
  }
  log.note("client ended", { name, code });
  return true;
}

function readOff(batch: BookedBatch, journal: string): void {
  for (const line of readJournal(journal)) {
    if ("opened" in line) batch.batchId = line.opened;
    else batch.end = "sealed" in line ? "sealed" : "refused";
  }
}

/** Cancels as soon as there is something to cancel, through whichever coordinator answers, until it is. */
async function cancel(parts: SubmitParts, batch: BookedBatch, journal: string): Promise<void> {
  const batchId = await persist(parts, batch, journal, "cancel", (client, id) => client.cancelBatch(id));
  if (batchId === null) return;
  batch.cancelled = await askDatabase(parts, () => storedOf(parts.fleet, batchId));
  parts.book.count("cancels");
}

/** Pauses, and resumes after a while. */
async function pause(parts: SubmitParts, batch: BookedBatch, journal: string, forMs: number): Promise<void> {
  const batchId = await persist(parts, batch, journal, "pause", (client, id) => client.pauseBatch(id));
  if (batchId === null) return;
  const from = await clock(parts);
  await rest(forMs, parts.signal);
  batch.paused = { from, to: await clock(parts) };
  await persist(parts, batch, journal, "resume", (client, id) => client.resumeBatch(id));
  parts.book.count("pauses");
}

/** Deletes it, cancelled for that or when it has ended by itself; an answer that was lost is asked for again. */
async function remove(parts: SubmitParts, batch: BookedBatch, journal: string): Promise<void> {
  if (batch.submission.delete?.cancelFirst === true) {
    await persist(parts, batch, journal, "cancel", (client, id) => client.cancelBatch(id));
  }
  for (;;) {
    const batchId = await persist(parts, batch, journal, "delete", (client, id) => client.deleteBatch(id));
    if (batchId !== null) break;
    // It has not ended.
    await rest(REST_MS, parts.signal);
  }
  batch.deleted = true;
  parts.book.count("batches: deleted");
}

/** Tries again what has failed so far: it fails as it did, and nothing else is touched. */
async function retry(parts: SubmitParts, batch: BookedBatch, journal: string): Promise<void> {
  await persist(parts, batch, journal, "retry", async (client, id) => {
    // Before and after: an export that was read while it was on its way may show either.
    batch.retries += 1;
    const { retried } = await client.retryBatch(id);
    batch.retries += 1;
    parts.book.count("items retried", retried);
  });
}

async function clock(parts: SubmitParts): Promise<Date> {
  const [row] = await askDatabase(parts, () => parts.fleet.query<{ now: Date }>("select clock_timestamp() as now"));
  if (row === undefined) throw new Error("a query for one row gave none");
  return row.now;
}

/** Asks the database until it answers. */
async function askDatabase<Value>({ signal }: SubmitParts, ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw error;
      await rest(REST_MS, signal);
    }
  }
}

/**
 * Does something to a batch as soon as it is there, through coordinator after coordinator until one has done it. null:
 * the state of the batch does not allow it, or there is none any more.
 */
async function persist(
  { fleet, log, signal }: SubmitParts,
  batch: BookedBatch,
  journal: string,
  order: string,
  act: (client: SluiceClient, batchId: string) => Promise<unknown>,
): Promise<string | null> {
  for (let turn = 0; ; turn += 1) {
    const client = fleet.clients[turn % fleet.clients.length];
    readOff(batch, journal);
    if (batch.batchId !== null && client !== undefined) {
      try {
        await act(client, batch.batchId);
        log.note("ordered", { order, name: batch.submission.name, batchId: batch.batchId });
        return batch.batchId;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === "CONFLICT") return null;
        // Deleted: by this order, whose answer was lost, or another one.
        if (error.code === "NOT_FOUND") return order === "delete" ? batch.batchId : null;
        if (!error.retryable && error.status < 500) throw error;
      }
    }
    await rest(REST_MS, signal);
  }
}

/** What there is of a batch: its items with their states, in one hash, and the documents it was the first to store. */
export async function storedOf(fleet: Fleet, batchId: string): Promise<{ states: string; documents: number }> {
  const [row] = await fleet.query<{ states: string; documents: number }>(
    `select (select md5(coalesce(string_agg(ordinal || ' ' || extract_state || ' ' || classify_state, ',' order by ordinal), ''))
               from items where batch_id = $1) as states,
            (select count(*)::int from documents where first_batch_id = $1) as documents`,
    [batchId],
  );
  if (row === undefined) throw new Error("a query for one row gave none");
  return row;
}
