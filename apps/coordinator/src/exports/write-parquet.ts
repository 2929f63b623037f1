import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import type { Column } from "./column.ts";
import { TextBytes } from "./text-bytes.ts";

// A row group is built in memory, several times over while it is compressed, and the event loop waits for it meanwhile: that is
// what bounds it from above. From below it is what readers gain by groups that are not small.
const ROW_GROUP_BYTES = 4 << 20;
const ROW_GROUP_ROWS = 20_000;
const ROW_BYTES = 200;
// Of the compressed sizes of page text, 0.39 of it, 3 takes a third less than 1 for the same time again.
const ZSTD_LEVEL = 1;

/** Rows as one Parquet file, a row group at a time. `facts` are in its key-value metadata. */
export async function* writeParquet<Row>(
  steps: AsyncIterable<readonly Row[]>,
  { columns, facts }: { columns: readonly Column<Row>[]; facts: Readonly<Record<string, string>> },
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter(1 << 20);
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(schemaElement)],
    codec: "ZSTD",
    compressors: { ZSTD: (input) => Bun.zstdCompressSync(input, { level: ZSTD_LEVEL }) },
    createdBy: "sluice",
    kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })),
  });
  const texts = new TextBytes();
  let group: Row[] = [];
  let groupBytes = 0;
  const writeGroup = () => {
    void file.write({
      columnData: columns.map((column) => columnSource(column, group, texts)),
      rowGroupSize: group.length,
    });
    group = [];
    groupBytes = 0;
    return taken(bytes);
  };
  for await (const rows of steps) {
    for (const row of rows) {
      group.push(row);
      groupBytes += ROW_BYTES + longBytes(row, columns);
      if (groupBytes >= ROW_GROUP_BYTES || group.length === ROW_GROUP_ROWS) yield writeGroup();
    }
  }
  if (group.length > 0) yield writeGroup();
  void file.finish();
  yield taken(bytes);
}

/** What has been written since the last time; the position in the file goes on. */
function taken(bytes: ByteWriter): Uint8Array {
  const chunk = bytes.getBytes().slice();
  bytes.index = 0;
  return chunk;
}

function longBytes<Row>(row: Row, columns: readonly Column<Row>[]): number {
  let total = 0;
  for (const column of columns) {
    if (column.type === "text" && column.long === true) total += column.of(row)?.length ?? 0;
  }
  return total;
}

function schemaElement<Row>({ name, type }: Column<Row>): SchemaElement {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  switch (type) {
    case "text":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "int32":
      return { ...optional, type: "INT32" };
    case "int64":
      return { ...optional, type: "INT64" };
    case "double":
      return { ...optional, type: "DOUBLE" };
    case "boolean":
      return { ...optional, type: "BOOLEAN" };
    case "timestamp":
      return {
        ...optional,
        type: "INT64",
        converted_type: "TIMESTAMP_MILLIS",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
      };
  }
}

function columnSource<Row>(column: Column<Row>, rows: readonly Row[], texts: TextBytes): ColumnSource {
  const { name } = column;
  switch (column.type) {
    case "text": {
      const data = rows.map((row) => column.of(row));
      if (column.long !== true) return { name, data };
      return { name, data: texts.encode(data), encoding: "PLAIN", statistics: false };
    }
    case "int64":
      return { name, data: rows.map((row) => bigintOf(column.of(row))) };
    case "timestamp":
      return { name, data: rows.map((row) => dateOf(column.of(row))) };
    default:
      return { name, data: rows.map((row) => column.of(row)) };
  }
}

function bigintOf(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

function dateOf(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}
