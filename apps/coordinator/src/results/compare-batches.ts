import {
  AppError,
  COMPARISON_CHANGES,
  type ComparedItem,
  type ComparisonChange,
  type ComparisonLine,
  type ComparisonRow,
  type ComparisonSummary,
} from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { type Batch, readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { readSteadily } from "../db/read-steadily.ts";
import { COMPARISON_QUERY } from "./comparison-query.ts";

const ROWS_PER_FETCH = 500;

/**
 * What differs between two batches, source by source in the order of their URIs, as both were at one moment; then the summary. States
 * that have a document behind them (`succeeded`, `duplicate`, …) count as one. NOT_FOUND, before anything is read.
 */
export async function compareBatches(
  database: Database,
  leftId: string,
  rightId: string,
): Promise<AsyncGenerator<ComparisonLine[]>> {
  if (leftId === rightId) throw new AppError("BAD_REQUEST", "A batch does not differ from itself; name two.");
  const [left, right] = await Promise.all([readBatch(database, leftId), readBatch(database, rightId)]);
  const options = await Promise.all([readBatchOptions(database, leftId), readBatchOptions(database, rightId)]);
  const keepText = options.every(({ store }) => store === "full");
  return readSteadily(database, async function* ({ client, rows }) {
    const summary = emptySummary(leftId, rightId, await countItems(client, [leftId, rightId]));
    const moves = { states: new Moves(), labels: new Moves() };
    const values = [...valuesOf(left, right), keepText];
    for await (const found of rows<DifferenceRow>(COMPARISON_QUERY, values, ROWS_PER_FETCH)) {
      const lines = found.map(toLine);
      for (const line of lines) count(summary, moves, line);
      yield lines;
    }
    const { left_only: leftOnly } = summary.changes;
    summary.both = summary.leftItems - leftOnly;
    summary.equal += summary.both;
    yield [{ ...summary, states: moves.states.list(), labels: moves.labels.list() }];
  });
}

function valuesOf(left: Batch, right: Batch): unknown[] {
  return [
    left.status.batchId,
    right.status.batchId,
    left.extractHash,
    right.extractHash,
    left.classifyHash,
    right.classifyHash,
  ];
}

async function countItems(client: Client, batchIds: readonly string[]): Promise<number[]> {
  const { rows } = await client.query<{ items: number }>(
    `select (select count(*) from items where batch_id = b.id)::int as items
       from unnest($1::uuid[]) with ordinality as b (id, place) order by place`,
    [batchIds],
  );
  return rows.map((row) => row.items);
}

function emptySummary(left: string, right: string, [leftItems = 0, rightItems = 0]: number[]): ComparisonSummary {
  const changes = Object.fromEntries(COMPARISON_CHANGES.map((change) => [change, 0])) as ComparisonSummary["changes"];
  return {
    line: "summary",
    left,
    right,
    leftItems,
    rightItems,
    both: 0,
    equal: 0,
    changes,
    states: [],
    labels: [],
    pagesChanged: 0,
  };
}

function count(summary: ComparisonSummary, moves: { states: Moves; labels: Moves }, line: ComparisonRow): void {
  for (const change of line.changes) summary.changes[change] += 1;
  summary.pagesChanged += line.pagesChanged;
  if (line.left === null || line.right === null) return;
  summary.equal -= 1;
  if (line.changes.includes("state")) moves.states.add(line.left.state, line.right.state);
  if (line.changes.includes("label")) moves.labels.add(line.left.category, line.right.category);
}

/** How often what became what. */
class Moves {
  readonly #counts = new Map<string, { left: string | null; right: string | null; items: number }>();

  add(left: string | null, right: string | null): void {
    const key = JSON.stringify([left, right]);
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { left, right, items: 1 });
    else known.items += 1;
  }

  list(): { left: string | null; right: string | null; items: number }[] {
    return [...this.#counts.values()].sort((one, other) => other.items - one.items);
  }
}

type Side<Prefix extends "l" | "r"> = {
  [Key in `${Prefix}_ordinal` | `${Prefix}_pages`]: number | null;
} & { [Key in `${Prefix}_state` | `${Prefix}_classify` | `${Prefix}_code` | `${Prefix}_hash`]: string | null } & {
  [Key in `${Prefix}_category`]: string | null;
};

type DifferenceRow = Side<"l"> &
  Side<"r"> & {
    readonly uri: string;
    readonly state: boolean;
    readonly label: boolean;
    readonly content: boolean;
    readonly changed: number;
    readonly pages: number[];
  };

function toLine(row: DifferenceRow): ComparisonRow {
  const left = toSide(row.l_ordinal, row.l_state, row.l_classify, row.l_category, row.l_code, row.l_hash, row.l_pages);
  const right = toSide(row.r_ordinal, row.r_state, row.r_classify, row.r_category, row.r_code, row.r_hash, row.r_pages);
  const changes: [boolean, ComparisonChange][] = [
    [right === null, "left_only"],
    [left === null, "right_only"],
    [row.state, "state"],
    [row.label, "label"],
    [row.content, "content"],
    [row.changed > 0, "text"],
  ];
  return {
    line: "difference",
    uri: row.uri,
    changes: changes.flatMap(([is, change]) => (is ? [change] : [])),
    left,
    right,
    pagesChanged: row.changed,
    pages: row.pages,
  };
}

function toSide(
  ordinal: number | null,
  state: string | null,
  classifyState: string | null,
  category: string | null,
  code: string | null,
  contentHash: string | null,
  pages: number | null,
): ComparedItem | null {
  if (ordinal === null) return null;
  return {
    ordinal,
    // The tables allow no others.
    state: state as ComparedItem["state"],
    classifyState: classifyState as ComparedItem["classifyState"],
    category,
    code,
    contentHash,
    pages,
  };
}
