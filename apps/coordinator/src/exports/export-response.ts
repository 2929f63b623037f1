import { EXPORT_MEDIA_TYPES, type ExportFormat } from "@sluice/contracts";
import type { Column } from "./column.ts";
import type { ParquetPlaces } from "./parquet-places.ts";
import { readAhead } from "./read-ahead.ts";
import { writeCsv } from "./write-csv.ts";
import { writeNdjson } from "./write-ndjson.ts";
import { writeParquet } from "./write-parquet.ts";

export interface Export<Row extends object> {
  readonly format: ExportFormat;
  readonly columns: readonly Column<Row>[];
  /** Goes on behind rows that the client has. */
  readonly continues: boolean;
  /** What is said of the rows where a format has a place for it. */
  readonly facts: Readonly<Record<string, string>>;
  /** Without what follows the dot. */
  readonly fileName: string;
}

/** Rows in a format, made as fast as the client reads them. Leaving it ends the reading of rows. EXPORTS_BUSY. */
export function exportResponse<Row extends object>(
  steps: AsyncGenerator<Row[]>,
  what: Export<Row>,
  places: ParquetPlaces,
): Response {
  const giveBack = what.format === "parquet" ? places.take() : () => undefined;
  const chunks = write(readAhead(steps), what);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done !== true) return controller.enqueue(value);
      } catch (error) {
        giveBack();
        throw error;
      }
      giveBack();
      controller.close();
    },
    async cancel() {
      giveBack();
      await chunks.return(undefined);
    },
  });
  const type = EXPORT_MEDIA_TYPES[what.format];
  return new Response(body, {
    headers: {
      "content-type":
        what.format === "csv" ? `${type}; charset=utf-8; header=${what.continues ? "absent" : "present"}` : type,
      // The same path answers in several types.
      vary: "accept",
      ...(what.format === "ndjson"
        ? {}
        : { "content-disposition": `attachment; filename="${what.fileName}.${what.format}"` }),
    },
  });
}

function write<Row extends object>(
  steps: AsyncIterable<Row[]>,
  { format, columns, continues, facts }: Export<Row>,
): AsyncGenerator<Uint8Array> {
  switch (format) {
    case "ndjson":
      return writeNdjson(steps);
    case "csv":
      return writeCsv(steps, { columns, header: !continues });
    case "parquet":
      return writeParquet(steps, { columns, facts });
  }
}
