import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@sluice/launcher";
import { type Quantiles, quantilesOf } from "../metrics/quantiles.ts";
import {
  type CpuByRole,
  openSyntheticStand,
  type SyntheticStand,
  syntheticItems,
  usedBetween,
} from "./synthetic-stand.ts";

/** A call, made again and again, alone. */
export interface CallFigures extends Quantiles {
  readonly name: string;
}

/** Clients that ask for the status of the batch while it is read. */
export interface CrowdFigures extends Quantiles {
  readonly clients: number;
  /** How long each waits between an answer and its next question. */
  readonly pauseMs: number;
  readonly seconds: number;
  readonly errors: number;
  /** Read meanwhile. */
  readonly documents: number;
}

export interface ApiReport {
  readonly suite: "api";
  readonly items: number;
  readonly batches: number;
  readonly submission: { readonly seconds: number; readonly cpuSeconds: CpuByRole };
  readonly calls: readonly CallFigures[];
  readonly crowds: readonly CrowdFigures[];
  readonly deletion: { readonly seconds: number; readonly longestStatusMs: number };
  readonly coordinatorRssMb: number;
}

// Names and sizes, made as they are needed.
const ITEMS_AT_A_TIME = 50_000;
const CALLS = 100;
const WARM_UP_CALLS = 10;
const PAGE = 100;
const SLOTS = 2;
const PAUSES_MS = [0, 1_000];

/**
 * What a client waits for at a batch of `items`: its submission by names, its status, its first and its last page, a list of
 * `batches`; the same status for many clients at once while a synthetic worker has the batch in hand; and its deletion.
 */
export async function benchApi(options: {
  items: number;
  batches: number;
  clients: number;
  /** Of each crowd. */
  seconds: number;
  /** How long a slot of the worker takes for a document of ten pages. */
  msPerDocument: number;
}): Promise<ApiReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-api-"));
  const postgres = await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true });
  try {
    await using stand = await openSyntheticStand(postgres.databaseUrl);
    // A batch gets its build from a worker that is there.
    await (await stand.startWorker({ slots: SLOTS, pages: 1 })).stop();
    const { batch } = await stand.client.openBatch();
    const submission = await submit(stand, batch.batchId, options.items);
    await addBatches(stand, options.batches);
    const calls = await measureCalls(stand, batch.batchId, options.items);
    const crowds: CrowdFigures[] = [];
    const worker = await stand.startWorker({
      slots: SLOTS,
      pages: 10,
      pageBytes: 2_000,
      msPerDocument: options.msPerDocument,
    });
    for (const pauseMs of PAUSES_MS) {
      const before = await worker.documents();
      const figures = await crowd(stand, batch.batchId, { ...options, pauseMs });
      crowds.push({ ...figures, documents: (await worker.documents()) - before });
    }
    await worker.stop();
    await stand.client.cancelBatch(batch.batchId);
    const deletion = await measureDeletion(stand, batch.batchId);
    return {
      suite: "api",
      items: options.items,
      batches: options.batches,
      submission,
      calls,
      crowds,
      deletion,
      coordinatorRssMb: stand.coordinatorRssMb(),
    };
  } finally {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The names are made beforehand: a directory's listing is not the API's. */
async function submit(stand: SyntheticStand, batchId: string, items: number): Promise<ApiReport["submission"]> {
  let seconds = 0;
  const before = stand.cpu();
  for (let from = 0; from < items; from += ITEMS_AT_A_TIME) {
    const some = syntheticItems(Math.min(ITEMS_AT_A_TIME, items - from), "api", from);
    const startedAt = performance.now();
    await stand.client.appendItems(batchId, some);
    seconds += (performance.now() - startedAt) / 1_000;
  }
  const startedAt = performance.now();
  await stand.client.sealBatch(batchId, items);
  seconds += (performance.now() - startedAt) / 1_000;
  return { seconds, cpuSeconds: usedBetween(before, stand.cpu()) };
}

/** Batches that are long over, in the way of whoever lists them. */
async function addBatches({ sql }: SyntheticStand, count: number): Promise<void> {
  await sql`
    with made as (
      insert into batches (id, name, state, priority, options, engine_version, queue, extract_hash, created_at,
                           sealed_at, sealed_items, finished_at)
      select gen_random_uuid(), 'Run ' || n, 'done', b.priority, b.options, b.engine_version, b.queue, b.extract_hash,
             b.created_at - n * interval '1 minute', now(), 0, now()
        from (select * from batches limit 1) b, generate_series(1, ${count}::int) n
      returning id)
    insert into batch_counters (batch_id, stage, state)
    select made.id, c.stage, c.state
      from made, (select stage, state from batch_counters where batch_id = (select batch_id from batch_counters limit 1)) c`;
  // The server would have looked by itself, long ago.
  await sql`analyze batches, batch_counters`;
}

async function measureCalls(stand: SyntheticStand, batchId: string, items: number): Promise<CallFigures[]> {
  const batch = `/v1/batches/${batchId}`;
  const last = Math.max(-1, items - PAGE - 1);
  const figures: CallFigures[] = [];
  const calls: [string, string][] = [
    ["status", batch],
    ["first page of items", `${batch}/items?limit=${PAGE}`],
    ["last page of items", `${batch}/items?limit=${PAGE}&after=${last}`],
    ["a page that finds nothing", `${batch}/items?limit=${PAGE}&state=failed`],
    ["first page of batches", `/v1/batches?limit=${PAGE}`],
    ["last page of batches", `/v1/batches?limit=${PAGE}&cursor=${await lastCursor(stand)}`],
    ["batches by a name that one has", `/v1/batches?limit=${PAGE}&name=run%209999`],
    ["queues", "/v1/queues"],
  ];
  for (const [name, path] of calls) {
    const times: number[] = [];
    for (let call = 0; call < WARM_UP_CALLS + CALLS; call += 1) {
      const startedAt = performance.now();
      await read(stand, path);
      if (call >= WARM_UP_CALLS) times.push(performance.now() - startedAt);
    }
    figures.push({ name, ...quantilesOf(times) });
  }
  return figures;
}

/** Where the last hundred batches begin. */
async function lastCursor(stand: SyntheticStand): Promise<string> {
  let cursor = "";
  for (;;) {
    const text = await read(stand, `/v1/batches?limit=1000${cursor === "" ? "" : `&cursor=${cursor}`}`);
    const { next } = JSON.parse(text) as { next: string | null };
    if (next === null) return cursor;
    cursor = next;
  }
}

async function read({ url, token }: SyntheticStand, path: string): Promise<string> {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text;
}

async function crowd(
  stand: SyntheticStand,
  batchId: string,
  { clients, seconds, pauseMs }: { clients: number; seconds: number; pauseMs: number },
): Promise<Omit<CrowdFigures, "documents">> {
  const times: number[] = [];
  let errors = 0;
  const until = performance.now() + seconds * 1_000;
  const one = async () => {
    // They do not come all at once.
    await Bun.sleep(Math.random() * pauseMs);
    while (performance.now() < until) {
      const startedAt = performance.now();
      try {
        await read(stand, `/v1/batches/${batchId}`);
        times.push(performance.now() - startedAt);
      } catch {
        errors += 1;
      }
      if (pauseMs > 0) await Bun.sleep(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  return { clients, pauseMs, seconds, errors, ...quantilesOf(times) };
}

/** From the request to the last row, and how long anybody else waited for an answer meanwhile. */
async function measureDeletion(stand: SyntheticStand, batchId: string): Promise<ApiReport["deletion"]> {
  const { batch } = await stand.client.openBatch();
  const startedAt = performance.now();
  const headers = { authorization: `Bearer ${stand.token}` };
  const answer = await fetch(`${stand.url}/v1/batches/${batchId}`, { method: "DELETE", headers });
  if (answer.status !== 202) throw new Error(`DELETE: ${answer.status} ${await answer.text()}`);
  let longestStatusMs = 0;
  for (;;) {
    const askedAt = performance.now();
    await read(stand, `/v1/batches/${batch.batchId}`);
    longestStatusMs = Math.max(longestStatusMs, performance.now() - askedAt);
    const rows: unknown[] = await stand.sql`select 1 from batches where id = ${batchId}`;
    if (rows.length === 0) return { seconds: (performance.now() - startedAt) / 1_000, longestStatusMs };
    await Bun.sleep(20);
  }
}
