import type { EventDetail } from "@sluice/contracts";
import type { Client } from "../database.ts";

interface CounterRow {
  readonly stage: "extract" | "classify";
  readonly state: string;
  readonly items: number;
  readonly pages: number;
  readonly needs_ocr: number;
}

/** What became of a batch's items, for the event of its end. The caller holds its counters. */
export async function readEndedCounts(client: Client, batchId: string): Promise<EventDetail> {
  const { rows } = await client.query<CounterRow>(
    "select stage, state, items, pages, needs_ocr from batch_counters where batch_id = $1 and items > 0",
    [batchId],
  );
  const extract = rows.filter((row) => row.stage === "extract");
  const classify = rows.filter((row) => row.stage === "classify");
  const sum = (column: "items" | "pages" | "needs_ocr") => extract.reduce((total, row) => total + row[column], 0);
  return {
    items: sum("items"),
    pages: sum("pages"),
    needsOcr: sum("needs_ocr"),
    extract: Object.fromEntries(extract.map((row) => [row.state, row.items])),
    classify: Object.fromEntries(classify.map((row) => [row.state, row.items])),
  };
}
