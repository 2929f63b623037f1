import { EXPORT_MEDIA_TYPES, type ExportFormat } from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { pause } from "./back-off.ts";
import { completeRecords, csvCells } from "./complete-records.ts";
import { type Call, callStream, type HttpTarget, retryDelayMs } from "./http-call.ts";

export interface RowExport {
  readonly path: string;
  /** What names a row's place: the last of these in a row is where an export goes on. */
  readonly place: readonly string[];
  readonly format: ExportFormat;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly signal: AbortSignal | undefined;
}

/** Breaks in a row, without a single row in between, after which the error is the caller's. */
const MAX_BREAKS = 6;

/**
 * The bytes of an export as the server writes them. A connection that breaks is opened again behind the last row that was
 * given, so that the bytes are those of one answer; what has no rows to go on behind (Parquet) is given up with the error. A
 * server that writes as many as it can is waited for as long as it takes.
 */
export async function* exportRows(
  target: HttpTarget,
  { path, place, format, query, signal }: RowExport,
): AsyncGenerator<Uint8Array, void, undefined> {
  let behind: string | undefined;
  let breaks = 0;
  let header: string[] | undefined;
  for (;;) {
    const call: Call = {
      method: "GET",
      path,
      query: { ...query, format, after: behind },
      accept: EXPORT_MEDIA_TYPES[format],
      repeatable: true,
      ...(signal === undefined ? {} : { signal }),
    };
    let last: Uint8Array | undefined;
    let given = false;
    try {
      const chunks = callStream(target, call);
      if (format === "parquet") {
        for await (const chunk of chunks) {
          given = true;
          yield chunk;
        }
        return;
      }
      for await (const records of completeRecords(chunks, format)) {
        if (format === "csv" && header === undefined && behind === undefined) {
          header = csvCells(records.bytes.subarray(0, records.bytes.indexOf(0x0a) + 1));
        }
        last = records.last;
        breaks = 0;
        yield records.bytes;
      }
      return;
    } catch (error) {
      const full = error instanceof ApiError && error.code === "EXPORTS_BUSY";
      if (!full) breaks += 1;
      const waitMs = breaks < MAX_BREAKS && !(given && format === "parquet") ? retryDelayMs(error, breaks) : null;
      if (waitMs === null) throw error;
      if (last !== undefined && format !== "parquet") behind = placeOf(last, { place, format, header });
      await pause(waitMs, signal);
    }
  }
}

const BEHIND_NOTHING = "-1";

/** The place of a row as it is written; of the header of a table, behind which everything comes, too. */
function placeOf(
  record: Uint8Array,
  { place, format, header }: { place: readonly string[]; format: "ndjson" | "csv"; header: string[] | undefined },
): string {
  if (format === "ndjson") {
    const row: Record<string, unknown> = JSON.parse(new TextDecoder().decode(record));
    return place.map((name) => String(row[name])).join(".");
  }
  const cells = csvCells(record);
  const named = place.map((name) => cells[header?.indexOf(name) ?? -1]);
  return named.every((cell) => /^\d+$/.test(cell ?? "")) ? named.join(".") : BEHIND_NOTHING;
}
