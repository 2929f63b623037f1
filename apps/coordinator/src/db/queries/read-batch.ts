import {
  AppError,
  type BatchStatus,
  type BatchState,
  CLASSIFY_STATES,
  EXTRACT_STATES,
  type Priority,
} from "@sluice/contracts";
import { LISTING_FACTS, type ListingFacts, listingStatus } from "../../listings/listing-status.ts";
import type { Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

type Reads = Pick<Database, "sql">;

/** A batch with what only the coordinator needs of it. */
export interface Batch {
  readonly status: BatchStatus;
  readonly state: BatchState;
  readonly queue: string;
  /** Where its labels wait, when they are given in a stage of their own. */
  readonly labelQueue: string | null;
  /** The token that opened it; null where that is in no table. */
  readonly owner: string | null;
  /** Rises when something of it changes that coordinators remember. */
  readonly revision: number;
  readonly classifierVersion: string | null;
  readonly createdMicros: number;
  readonly extractHash: Buffer;
  readonly classifyHash: Buffer | null;
}

/** One batch as it stands, by one statement and so of one moment. NOT_FOUND. */
export async function readBatch(database: Reads, batchId: string): Promise<Batch> {
  const [batch] = await selectBatches(database, { batchId });
  if (batch === undefined) throw new AppError("NOT_FOUND", `There is no batch ${batchId}.`);
  return batch;
}

/** Which batches a page has; null where anything goes. Times in ISO 8601. */
export interface BatchFilter {
  readonly state: BatchState | null;
  /** A part of its name, in letters of any case. */
  readonly name: string | null;
  readonly createdAfter: string | null;
  readonly createdBefore: string | null;
  /** Only what this token has opened, and what nobody owns; null: all. */
  readonly visibleTo: string | null;
  /** Goes on behind this one. */
  readonly after: BatchPosition | null;
  readonly limit: number;
}

/** Where a batch stands in the order of creation, to the microsecond that the database knows. */
export interface BatchPosition {
  readonly createdMicros: number;
  readonly batchId: string;
}

/** The newest batches first. */
export async function listBatches(database: Reads, filter: BatchFilter): Promise<Batch[]> {
  return await selectBatches(database, filter);
}

function whereOf({ sql }: Reads, filter: { batchId: string } | BatchFilter) {
  if ("batchId" in filter) return sql`where id = ${filter.batchId} and deleting_at is null`;
  const { state, name, createdAfter, createdBefore, visibleTo, after, limit } = filter;
  const parts = [
    sql`where deleting_at is null`,
    ...(state === null ? [] : [sql`and state = ${state}`]),
    ...(name === null ? [] : [sql`and strpos(lower(name), lower(${name})) > 0`]),
    ...(createdAfter === null ? [] : [sql`and created_at > ${createdAfter}::timestamptz`]),
    ...(createdBefore === null ? [] : [sql`and created_at < ${createdBefore}::timestamptz`]),
    ...(visibleTo === null ? [] : [sql`and (created_by is null or created_by = ${visibleTo})`]),
    ...(after === null
      ? []
      : [
          sql`and (created_at, id) < (timestamptz 'epoch' + ${after.createdMicros}::bigint * interval '1 microsecond',
                                      ${after.batchId}::uuid)`,
        ]),
  ];
  return sql`${parts} order by created_at desc, id desc limit ${limit}`;
}

async function selectBatches(database: Reads, filter: { batchId: string } | BatchFilter): Promise<Batch[]> {
  const { sql } = database;
  const where = whereOf(database, filter);
  try {
    const rows = await sql<BatchRow[]>`
      select b.*, c.counters, l.listing
        from (select ${sql(COLUMNS)}, (extract(epoch from created_at) * 1000000)::bigint as created_micros
                from batches ${where}) b
        cross join lateral (
          select json_agg(json_build_array(stage, state, items, pages, bytes, needs_ocr)) as counters
            from batch_counters where batch_id = b.id) c
        left join lateral (${sql.unsafe(LISTING_FACTS)}) l on b.lists_sources
       order by b.created_at desc, b.id desc`;
    return rows.map(toBatch);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

type Counter = [stage: string, state: string, items: number, pages: number, bytes: number, needsOcr: number];

interface BatchRow {
  id: string;
  name: string | null;
  state: BatchState;
  priority: Priority;
  revision: number;
  paused_at: Date | null;
  continued_by: string | null;
  created_at: Date;
  created_micros: number;
  sealed_at: Date | null;
  finished_at: Date | null;
  engine_version: string;
  classifier_version: string | null;
  queue: string;
  label_queue: string | null;
  created_by: string | null;
  extract_hash: Buffer;
  classify_hash: Buffer | null;
  counters: Counter[] | null;
  listing: ListingFacts | null;
}

// Without the options, which may hold a whole taxonomy.
const COLUMNS = [
  "id",
  "name",
  "state",
  "priority",
  "revision",
  "paused_at",
  "continued_by",
  "created_at",
  "sealed_at",
  "finished_at",
  "engine_version",
  "classifier_version",
  "queue",
  "label_queue",
  "created_by",
  "extract_hash",
  "classify_hash",
  "lists_sources",
];

function toBatch(row: BatchRow): Batch {
  const counters = row.counters ?? [];
  const extract = counters.filter(([stage]) => stage === "extract");
  const classify = counters.filter(([stage]) => stage === "classify");
  const sum = (column: 2 | 3 | 4 | 5) => extract.reduce((total, counter) => total + counter[column], 0);
  const status: BatchStatus = {
    batchId: row.id,
    name: row.name,
    state: row.state,
    priority: row.priority,
    // What was in hand when it was paused may have been all there was.
    pausedAt: row.state === "open" || row.state === "sealed" ? (row.paused_at?.toISOString() ?? null) : null,
    continuedBy: row.continued_by,
    listing: listingStatus(row.listing),
    createdAt: row.created_at.toISOString(),
    sealedAt: row.sealed_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    items: sum(2),
    extract: countsByState(EXTRACT_STATES, extract),
    classify: countsByState(CLASSIFY_STATES, classify),
    pages: sum(3),
    bytes: sum(4),
    needsOcr: sum(5),
    engineVersion: row.engine_version,
    extractHash: row.extract_hash.toString("hex"),
    classifyHash: row.classify_hash?.toString("hex") ?? null,
  };
  return {
    status,
    state: status.state,
    queue: row.queue,
    labelQueue: row.label_queue,
    owner: row.created_by,
    revision: row.revision,
    classifierVersion: row.classifier_version,
    createdMicros: row.created_micros,
    extractHash: row.extract_hash,
    classifyHash: row.classify_hash,
  };
}

function countsByState<State extends string>(states: readonly State[], counters: Counter[]): Record<State, number> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>;
  for (const [, state, items] of counters) counts[state as State] = items;
  return counts;
}
