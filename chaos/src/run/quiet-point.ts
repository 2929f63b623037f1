import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { EXPORT_FORMATS } from "@sluice/contracts";
import type { Fleet } from "@sluice/testkit";
import { checkBatch } from "../check/check-batch.ts";
import { orderAsListed } from "../check/order-as-listed.ts";
import { checkDeleted } from "../check/check-deleted.ts";
import { checkExport } from "../check/check-export.ts";
import { checkStore } from "../check/check-store.ts";
import { checkUploads } from "../check/check-uploads.ts";
import type { DocumentSet } from "../documents/document-set.ts";
import type { BookedBatch } from "./book.ts";
import { checkTold, type Told } from "./check-told.ts";
import { exportBytes } from "./read-export.ts";
import type { SubmitParts } from "./submit.ts";
import { PROBE } from "./use-token.ts";

/** Work that does not move for so long after the last fault is lost. Leases end after 10 s, a sweep comes every 30 s. */
const STALLED_MS = 60_000;
/** Work that moves without coming to its end is lost as well. A document that kills its workers takes dozens of tries. */
const ENDLESS_MS = 300_000;
/** Faults and clients are over so long after the storm, or they never will be. */
const STORM_GRACE_MS = 240_000;
const READY_MS = 180_000;
const LOOK_MS = 150;

export interface QuietPointOptions {
  parts: SubmitParts & { receiverFolder: string };
  abort: AbortController;
  round: number;
  /** Everything that happens in the round. */
  storm: readonly { readonly name: string; readonly over: Promise<void> }[];
  stormMs: number;
  documents: DocumentSet;
  /** When the round began, by the database's clock. */
  since: Date;
  /** Where uploads are kept. */
  uploads: string;
  /** Whoever is told of events. */
  told: Told;
}

/** Waits until every fault is healed and every batch has ended, then checks everything. False: the run cannot go on. */
export async function quietPoint(options: QuietPointOptions): Promise<boolean> {
  const { parts, round } = options;
  const { fleet, book, log } = parts;
  const fatal = (kind: string, detail: string, batch?: BookedBatch) => {
    book.violate({ round, batchId: batch?.batchId ?? null, name: batch?.submission.name ?? "the run", kind, detail });
    options.abort.abort(new Error(kind));
    return false;
  };
  const going = new Set(options.storm.map(({ name }) => name));
  const stormOver = Promise.all(options.storm.map(({ name, over }) => over.then(() => going.delete(name)))).then(
    () => null,
    (error: unknown) => String(error instanceof Error ? error.stack : error),
  );
  const late = Bun.sleep(options.stormMs + STORM_GRACE_MS).then(() => `not over: ${[...going].join("; ")}`);
  const broken = await Promise.race([stormOver, late]);
  if (parts.signal.aborted) return fatal("interrupted", String(parts.signal.reason));
  if (broken !== null) {
    await keepEvidence(options, "storm");
    return fatal("the storm did not end", broken);
  }
  const healedAt = performance.now();
  try {
    await fleet.whenReady(READY_MS);
  } catch (error) {
    await keepEvidence(options, "ready");
    return fatal("the fleet did not come back", String(error));
  }
  await endAbandoned(parts);
  const lost = await waitForEnds(options);
  if (parts.signal.aborted) return fatal("interrupted", String(parts.signal.reason));
  if (lost !== null) {
    const evidence = await keepEvidence(options, lost.batchId ?? "lost", lost.batchId);
    return fatal(
      "lost work",
      `not ended, ${STALLED_MS / 1000} s after its last move or ${ENDLESS_MS / 1000} s after the last fault; evidence in ${evidence}`,
      lost,
    );
  }
  log.note("quiet", { round, afterSeconds: Math.round((performance.now() - healedAt) / 100) / 10 });
  book.count("quiet points");
  await checkRound(options);
  await checkTold(parts, round, options.told);
  return true;
}

/** A client that died between the server's answer and its own note has left an open batch that nobody knows. */
async function endAbandoned({ fleet, book }: SubmitParts): Promise<void> {
  const open = await fleet.query<{ id: string; name: string }>("select id, name from batches where state = 'open'");
  const known = new Set(book.batches.map(({ batchId }) => batchId));
  const names = new Set(book.batches.map(({ submission }) => submission.name));
  for (const { id, name } of open) {
    if (known.has(id)) continue;
    if (!names.has(name) && !name.startsWith(PROBE)) {
      book.violate({ round: 0, batchId: id, name, kind: "a batch nobody opened", detail: name });
      continue;
    }
    await fleet.clients[0]?.cancelBatch(id);
    if (!name.startsWith(PROBE)) book.count("batches abandoned by a dead client");
  }
}

/** Waits while anything moves; returns a batch that does not end. */
async function waitForEnds({ parts: { fleet, book, signal } }: QuietPointOptions): Promise<BookedBatch | null> {
  let last = "";
  const begun = performance.now();
  let movedAt = begun;
  for (;;) {
    const rows = await fleet
      .query<{ id: string; pending: number; attempts: number }>(
        `select b.id, coalesce(sum(c.items) filter (where c.state = 'pending'), 0)::int as pending,
                (select count(*)::int from attempts a where a.batch_id = b.id) as attempts
           from batches b left join batch_counters c on c.batch_id = b.id
          where b.state in ('open', 'sealed') or b.deleting_at is not null group by b.id order by b.id`,
      )
      .catch(() => null);
    if (rows?.length === 0 || signal.aborted) return null;
    const now = JSON.stringify(rows);
    if (now !== last) movedAt = performance.now();
    last = now;
    if (performance.now() - movedAt > STALLED_MS || performance.now() - begun > ENDLESS_MS) {
      const ids = new Set(rows?.map(({ id }) => id));
      return book.batches.find(({ batchId }) => batchId !== null && ids.has(batchId)) ?? null;
    }
    await Bun.sleep(LOOK_MS);
  }
}

async function checkRound(options: QuietPointOptions): Promise<void> {
  const { parts, round, documents, since, uploads } = options;
  const { fleet, book } = parts;
  const [client] = fleet.clients;
  if (client === undefined) throw new Error("there is no coordinator to ask");
  for (const batch of book.batches.filter((one) => one.round === round)) {
    const about = { round, batchId: batch.batchId, name: batch.submission.name };
    if (batch.batchId === null) {
      book.violate({ ...about, kind: "never opened", detail: "its client ended without a batch" });
      continue;
    }
    book.count("batches");
    book.count(`batches: ${batch.submission.carrier}`);
    if (batch.deleted) {
      for (const fault of await checkDeleted(fleet, batch.batchId)) book.violate({ ...about, ...fault });
      continue;
    }
    const audit = await client.audit(batch.batchId);
    book.count("audits");
    for (const check of audit.checks.filter(({ ok }) => !ok)) {
      book.violate({ ...about, kind: `audit ${check.name}`, detail: `${check.gaps}: ${check.examples.join("; ")}` });
    }
    if (batch.submission.carrier === "bucket") {
      const uris = await fleet.query<{ uri: string }>("select uri from items where batch_id = $1 order by ordinal", [
        batch.batchId,
      ]);
      batch.items = orderAsListed(
        batch.items,
        uris.map(({ uri }) => uri),
      );
    }
    const found = await checkBatch(fleet, batch);
    book.count("items", found.items);
    book.count("labels that failed for their LLM", found.unlabelled);
    if (batch.submission.classifier === "llm") book.count("batches: judged by the LLM");
    for (const fault of found.faults) book.violate({ ...about, ...fault });
    book.blamed.push(...found.blamed);
    const listed = await countListed(client, batch.batchId);
    if (listed !== found.items) {
      book.violate({
        ...about,
        kind: "listed otherwise",
        detail: `${listed} rows listed, ${found.items} items stored`,
      });
    }
  }
  await checkExports(options);
  for (const fault of await checkUploads(fleet, { folder: uploads, documents, batches: book.batches })) {
    book.violate({ round, batchId: null, name: "uploads", ...fault });
  }
  const store = await checkStore(fleet, documents, since);
  for (const fault of store.faults) book.violate({ round, batchId: null, name: "the store", ...fault });
}

/** Each batch of the round in two of the six ways, twice the same bytes; and what came to its end in the storm, once more. */
async function checkExports({ parts: { fleet, book }, round }: QuietPointOptions): Promise<void> {
  const [client] = fleet.clients;
  if (client === undefined) throw new Error("there is no coordinator to ask");
  const ended = book.batches.filter((one) => one.round === round && !one.deleted && one.batchId !== null);
  for (const [index, batch] of ended.entries()) {
    const { batchId } = batch;
    if (batchId === null) continue;
    const about = { round, batchId, name: batch.submission.name };
    for (const [turn, rows] of (["results", "pages"] as const).entries()) {
      const format = EXPORT_FORMATS[(index + turn) % EXPORT_FORMATS.length] ?? "ndjson";
      const bytes = await exportBytes(client, batchId, { rows, format });
      const again = await exportBytes(client, batchId, { rows, format });
      if (!bytes.equals(again))
        book.violate({ ...about, kind: "an export that changes", detail: `${rows} as ${format}` });
      const items = await fleet.query<{ extract_state: string }>(
        "select extract_state from items where batch_id = $1 order by ordinal",
        [batchId],
      );
      const states = items.map((item) => item.extract_state);
      for (const fault of await checkExport(batch, { rows, format, bytes, states }))
        book.violate({ ...about, ...fault });
      book.count("exports checked");
    }
  }
  for (const { batch, rows, format, sha256, bytes, retries } of book.exports.splice(0)) {
    if (batch.deleted || batch.batchId === null || batch.retries !== retries) continue;
    const now = await exportBytes(client, batch.batchId, { rows, format });
    if (new Bun.CryptoHasher("sha256").update(now).digest("hex") !== sha256) {
      const detail = `${rows} as ${format}: ${bytes} bytes in the storm, ${now.length} now`;
      book.violate({
        round,
        batchId: batch.batchId,
        name: batch.submission.name,
        kind: "an export cut without a word",
        detail,
      });
    }
    book.count("exports of the storm checked");
  }
}

async function countListed(client: SluiceClient, batchId: string): Promise<number> {
  let rows = 0;
  for await (const row of client.results(batchId)) {
    if (row.ordinal !== rows) return -1;
    rows += 1;
  }
  return rows;
}

/** What a person needs to see why work stands still; the logs of all parts are in the folder anyway. */
async function keepEvidence(
  { parts: { fleet }, parts }: QuietPointOptions,
  name: string,
  batchId: string | null = null,
): Promise<string> {
  const path = join(parts.folder, `evidence-${name}.json`);
  const evidence: Record<string, unknown> = {};
  const ask = async (what: string, sql: string, values: unknown[] = []) => {
    evidence[what] = await queryOr(fleet, sql, values);
  };
  await ask("batches", "select * from batches where state in ('open', 'sealed')");
  await ask(
    "workers",
    "select id, address, slots, busy_slots, renewed_at, gone_at, now() from workers order by renewed_at desc limit 20",
  );
  await ask("jobs", "select * from pgboss.job where state < 'completed' limit 100");
  await ask("running attempts", "select * from attempts where outcome = 'running'");
  await ask(
    "connections",
    "select pid, application_name, state, wait_event_type, wait_event, query, xact_start from pg_stat_activity",
  );
  if (batchId !== null) {
    await ask(
      "pending items",
      "select * from items where batch_id = $1 and (extract_state = 'pending' or classify_state = 'pending') limit 100",
      [batchId],
    );
    await ask("attempts", "select * from attempts where batch_id = $1 order by id desc limit 200", [batchId]);
    await ask("counters", "select * from batch_counters where batch_id = $1", [batchId]);
  }
  writeFileSync(path, JSON.stringify(evidence, null, 2));
  return path;
}

async function queryOr(fleet: Fleet, sql: string, values: unknown[]): Promise<unknown> {
  try {
    return await fleet.query(sql, values);
  } catch (error) {
    return String(error);
  }
}
