import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import type { Fleet } from "@sluice/testkit";
import { checkBatch } from "../check/check-batch.ts";
import { checkStore } from "../check/check-store.ts";
import type { DocumentSet } from "../documents/document-set.ts";
import type { BookedBatch } from "./book.ts";
import type { SubmitParts } from "./submit.ts";

/** Work that does not move for so long after the last fault is lost. Leases end after 10 s, a sweep comes every 30 s. */
const STALLED_MS = 60_000;
/** Work that moves without coming to its end is lost as well. A document that kills its workers takes dozens of tries. */
const ENDLESS_MS = 300_000;
/** Faults and clients are over so long after the storm, or they never will be. */
const STORM_GRACE_MS = 240_000;
const READY_MS = 180_000;
const LOOK_MS = 150;

export interface QuietPointOptions {
  parts: SubmitParts;
  abort: AbortController;
  round: number;
  /** Everything that happens in the round. */
  storm: readonly { readonly name: string; readonly over: Promise<void> }[];
  stormMs: number;
  documents: DocumentSet;
  /** When the round began, by the database's clock. */
  since: Date;
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
  return true;
}

/** A client that died between the server's answer and its own note has left an open batch that nobody knows. */
async function endAbandoned({ fleet, book }: SubmitParts): Promise<void> {
  const open = await fleet.query<{ id: string; name: string }>("select id, name from batches where state = 'open'");
  const known = new Set(book.batches.map(({ batchId }) => batchId));
  const names = new Set(book.batches.map(({ submission }) => submission.name));
  for (const { id, name } of open) {
    if (known.has(id)) continue;
    if (!names.has(name)) {
      book.violate({ round: 0, batchId: id, name, kind: "a batch nobody opened", detail: name });
      continue;
    }
    await fleet.clients[0]?.cancelBatch(id);
    book.count("batches abandoned by a dead client");
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
           from batches b join batch_counters c on c.batch_id = b.id
          where b.state in ('open', 'sealed') group by b.id order by b.id`,
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

async function checkRound({ parts, round, documents, since }: QuietPointOptions): Promise<void> {
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
    const audit = await client.audit(batch.batchId);
    book.count("audits");
    for (const check of audit.checks.filter(({ ok }) => !ok)) {
      book.violate({ ...about, kind: `audit ${check.name}`, detail: `${check.gaps}: ${check.examples.join("; ")}` });
    }
    const found = await checkBatch(fleet, batch);
    book.count("items", found.items);
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
  const store = await checkStore(fleet, documents, since);
  for (const fault of store.faults) book.violate({ round, batchId: null, name: "the store", ...fault });
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
    await ask("pending items", "select * from items where batch_id = $1 and extract_state = 'pending' limit 100", [
      batchId,
    ]);
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
