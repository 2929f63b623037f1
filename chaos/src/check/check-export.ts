import type { ExportFormat } from "@sluice/contracts";
import type { BookedBatch } from "../run/book.ts";
import { exportRows } from "./export-rows.ts";

export interface ExportedBatch {
  readonly rows: "results" | "pages";
  readonly format: ExportFormat;
  readonly bytes: Buffer;
  /** Of the items that there are, by ordinal: of a batch that was cancelled not all of the book. */
  readonly states: readonly string[];
}

interface Fault {
  readonly kind: string;
  readonly detail: string;
}

const STORED = new Set(["succeeded", "duplicate", "unchanged"]);

/** Holds an export of an ended batch against the book: a row for each item, or the text of each page of what can be read. */
export async function checkExport(batch: BookedBatch, exported: ExportedBatch): Promise<Fault[]> {
  const what = `${exported.rows} as ${exported.format}`;
  let rows: Record<string, string>[];
  try {
    rows = await exportRows(exported.bytes, exported.format);
  } catch (error) {
    return [{ kind: "an export that is not whole", detail: `${what}: ${String(error)}` }];
  }
  const faults =
    exported.rows === "results" ? resultFaults(batch, rows, exported.states) : pageFaults(batch, rows, exported.states);
  return faults.map((detail) => ({ kind: "an export of something else", detail: `${what}: ${detail}` }));
}

function resultFaults(
  batch: BookedBatch,
  rows: readonly Record<string, string>[],
  states: readonly string[],
): string[] {
  if (rows.length !== states.length) return [`${rows.length} rows of ${states.length}`];
  return rows.flatMap((row, ordinal) => {
    const item = batch.items[ordinal];
    if (row["ordinal"] !== String(ordinal) || row["uri"] !== item?.uri) return [`row ${ordinal} is ${row["uri"]}`];
    if (row["state"] !== states[ordinal]) return [`row ${ordinal} is ${row["state"]}, not ${states[ordinal]}`];
    if (STORED.has(row["state"] ?? "") && row["contentHash"] !== item?.document.contentHash) {
      return [`row ${ordinal} has the content ${row["contentHash"]}`];
    }
    return [];
  });
}

/** Every document that is stored has all of its pages, in order, with its text, and no other has any. */
function pageFaults(batch: BookedBatch, rows: readonly Record<string, string>[], states: readonly string[]): string[] {
  const faults: string[] = [];
  const missing = new Set(states.flatMap((state, ordinal) => (STORED.has(state) ? [ordinal] : [])));
  let last = -1;
  for (const [ordinal, pages] of Map.groupBy(rows, (row) => Number(row["ordinal"]))) {
    const known = batch.items[ordinal]?.document;
    const text = pages.map((page) => page["text"] ?? "").join("\f");
    const isNumbered = pages.every((page, index) => page["pageNo"] === String(index + 1));
    if (!missing.delete(ordinal)) faults.push(`item ${ordinal} is ${states[ordinal]} and has pages`);
    if (ordinal <= last) faults.push(`item ${ordinal} comes behind ${last}`);
    if (known === undefined || pages.length !== known.pageCount || !isNumbered) {
      faults.push(`${pages.length} pages of ${known?.pageCount ?? 0} of item ${ordinal}`);
    } else if (new Bun.CryptoHasher("sha256").update(text).digest("hex") !== known.textHash) {
      faults.push(`another text of item ${ordinal}, ${known.name}`);
    }
    last = ordinal;
  }
  for (const ordinal of missing) faults.push(`item ${ordinal} has no pages`);
  return faults;
}
