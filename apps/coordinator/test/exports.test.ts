import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PageRow, pageRowSchema, type ResultRow, resultRowSchema } from "@sluice/contracts";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { temporaryFolder } from "@sluice/testkit";
import { join } from "node:path";
import { csvText } from "../src/exports/csv-text.ts";
import { PAGE_COLUMNS } from "../src/exports/page-columns.ts";
import { RESULT_COLUMNS } from "../src/exports/result-columns.ts";
import { AWKWARD, awkwardAnswer, MANY_PAGES, submitAwkward } from "./support/exported-batch.ts";
import { type FakeWorker, startFakeWorker } from "./support/fake-worker.ts";
import { parseCsv } from "./support/parse-csv.ts";
import { readParquetElsewhere } from "./support/read-parquet-elsewhere.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, type Json } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
let worker: FakeWorker;
let batchId: string;
let pages: PageRow[];
let results: ResultRow[];

beforeAll(async () => {
  worker = await startFakeWorker(cluster.coordinator, { answer: awkwardAnswer });
  batchId = await submitAwkward(cluster.coordinator);
  pages = (await rows("pages")).map((row) => pageRowSchema.strict().parse(row));
  results = (await rows("results")).map((row) => resultRowSchema.strict().parse(row));
}, 60_000);
afterAll(() => worker[Symbol.asyncDispose]());

function get(path: string, headers: Record<string, string> = {}, batch = batchId): Promise<Response> {
  return fetch(`${cluster.coordinator.url}/v1/batches/${batch}/${path}`, {
    headers: { authorization: `Bearer ${ADMIN}`, ...headers },
  });
}

async function rows(path: string, batch = batchId): Promise<Json[]> {
  const text = await (await get(path, {}, batch)).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe("pages", () => {
  test("every page of every item with a document, by item and page", () => {
    expect(results.map((row) => row.state)).toEqual([
      "succeeded",
      "succeeded",
      "succeeded",
      "failed",
      "duplicate",
      "succeeded",
      "succeeded",
      "succeeded",
    ]);
    const expected = results.flatMap((row) =>
      Array.from({ length: row.pages ?? 0 }, (_, page) => `${row.ordinal}.${page + 1}`),
    );
    expect(expected).toHaveLength(6 * AWKWARD.length + MANY_PAGES);
    expect(pages.map((page) => `${page.ordinal}.${page.pageNo}`)).toEqual(expected);
    for (const ordinal of [0, 1, 2, 4, 6, 7]) {
      expect(pages.filter((page) => page.ordinal === ordinal).map((page) => page.text)).toEqual(AWKWARD);
    }
    const [first] = pages;
    expect(first).toMatchObject({ uri: results[0]?.uri, contentHash: results[0]?.contentHash, category: "invoice" });
    expect(first?.path).toEndWith(' "é".pdf');
    expect(pages.find((page) => page.ordinal === 5)).toMatchObject({ verdict: "scanned", text: "" });
  });

  test("the same bytes again", async () => {
    const [once, twice] = [await get("pages"), await get("pages")];
    expect(await once.text()).toBe(await twice.text());
  });

  test("a client goes on behind any page it has", async () => {
    const cursors = [
      "0",
      "0.1",
      "1.11",
      "2",
      "3",
      "5.999",
      "5.1000",
      "5.1001",
      `5.${MANY_PAGES}`,
      "6.999999",
      "7",
      "7.11",
    ];
    for (const after of cursors) {
      const [ordinal = 0, pageNo = Infinity] = after.split(".").map(Number);
      const behind = pages.filter(
        (page) => page.ordinal > ordinal || (page.ordinal === ordinal && page.pageNo > pageNo),
      );
      expect([after, await rows(`pages?after=${after}`)]).toEqual([after, behind]);
    }
    expect(await rows("pages?after=-1")).toEqual(pages);
    for (const after of ["x", "1.", "-2", "1.2.3", "99999999999"]) {
      expect((await get(`pages?after=${after}`)).status).toBe(400);
    }
  });

  test("of items in one state only", async () => {
    expect(await rows("pages?state=duplicate")).toEqual(pages.filter((page) => page.ordinal === 4));
    expect(await rows("pages?state=failed")).toEqual([]);
  });

  test("without text where none was kept", async () => {
    const meta = await submitAwkward(cluster.coordinator, { store: "meta" });
    const kept = await rows("pages", meta);
    expect(kept).toHaveLength(pages.length);
    expect(new Set(kept.map((row) => row.text))).toEqual(new Set([null]));
    const csv = parseCsv(await (await get("pages?format=csv", {}, meta)).text());
    expect(new Set(csv.slice(1).map((record) => record.at(-1)))).toEqual(new Set([""]));
  });

  test("a step of very large pages is cut short, and none is lost", async () => {
    await cluster.coordinator.sql(
      "update pages set text = repeat('x', 700000), chars = 700000 where page_no between 2 and 9 and content_hash = decode($1, 'hex')",
      [results[7]?.contentHash],
    );
    const large = (await rows("pages?after=6")).map((row) => [row.pageNo, row.text.length]);
    expect(large).toEqual(AWKWARD.map((text, page) => [page + 1, page >= 1 && page <= 8 ? 700_000 : text.length]));
    await cluster.coordinator.sql(
      "update pages p set text = o.text, chars = o.chars from pages o where p.content_hash = decode($1, 'hex') and o.content_hash = decode($2, 'hex') and o.page_no = p.page_no",
      [results[7]?.contentHash, results[0]?.contentHash],
    );
  });
});

describe("csv", () => {
  test("has a cell for every value, and no cell that starts a formula", async () => {
    for (const [path, columns, all] of [
      ["results", RESULT_COLUMNS, results],
      ["pages", PAGE_COLUMNS, pages],
    ] as const) {
      const response = await get(`${path}?format=csv`);
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
      expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${path}-${batchId}.csv"`);
      const [header, ...records] = parseCsv(decodeUtf8(await response.arrayBuffer()));
      expect(header).toEqual(columns.map((column) => column.name));
      const expected = (all as object[]).map((row) => columns.map((column) => plain(column, column.of(row as never))));
      expect(records).toEqual(expected);
      for (const cell of records.flat()) expect(cell).not.toMatch(/^[=@\t\r]/);
    }
  });

  test("goes on without a header", async () => {
    const whole = decodeUtf8(await (await get("pages?format=csv")).arrayBuffer());
    const rest = await get("pages?format=csv&after=5.2000");
    expect(rest.headers.get("content-type")).toContain("header=absent");
    const text = decodeUtf8(await rest.arrayBuffer());
    expect(text.length).toBeGreaterThan(1_000);
    expect(whole.endsWith(text)).toBe(true);
    const results = decodeUtf8(await (await get("results?format=csv&after=6")).arrayBuffer());
    expect(parseCsv(results)).toHaveLength(1);
    const [header] = whole.split("\r\n");
    expect(`${header}\r\n${decodeUtf8(await (await get("pages?format=csv&after=-1")).arrayBuffer())}`).toBe(whole);
  });

  test("and Parquet are answers to Accept too; an unknown format is none", async () => {
    const type = async (accept: string) => (await get("results", { accept })).headers.get("content-type");
    expect(await type("text/csv")).toStartWith("text/csv");
    expect(await type("application/vnd.apache.parquet")).toBe("application/vnd.apache.parquet");
    expect(await type("*/*")).toBe("application/x-ndjson");
    expect((await get("results?format=xlsx")).status).toBe(400);
  });
});

describe("parquet", () => {
  test("has the rows, with their types, nulls and what they are of", async () => {
    await using folder = await temporaryFolder();
    for (const [path, columns, all] of [
      ["results", RESULT_COLUMNS, results],
      ["pages", PAGE_COLUMNS, pages],
    ] as const) {
      const file = join(folder.path, `${path}.parquet`);
      await Bun.write(file, await get(`${path}?format=parquet`));
      const buffer = await asyncBufferFromFile(file);
      const compressors = {
        ZSTD: (input: Uint8Array) => new Uint8Array(Bun.zstdDecompressSync(input as Uint8Array<ArrayBuffer>)),
      };
      const read = await parquetReadObjects({ file: buffer, compressors });
      expect(read).toHaveLength(all.length);
      (all as object[]).forEach((row, index) => {
        const expected = columns.map((column) => [column.name, typed(column, column.of(row as never))]);
        expect(read[index]).toEqual(Object.fromEntries(expected));
      });
      const { key_value_metadata: facts, row_groups: groups } = await parquetMetadataAsync(buffer);
      expect(Object.fromEntries((facts ?? []).map(({ key, value }) => [key, value]))).toMatchObject({
        "sluice.rows": path,
        "sluice.batch": batchId,
        "sluice.extractHash": (await cluster.coordinator.status(batchId)).extractHash,
      });
      expect(groups.length).toBe(1);
    }
  });

  test("of no rows is a file all the same", async () => {
    const bytes = await (await get("results?state=cancelled&format=parquet")).arrayBuffer();
    expect(await parquetReadObjects({ file: bytes })).toEqual([]);
  });

  test("is read by DuckDB and by pandas, every row", async () => {
    await using folder = await temporaryFolder();
    for (const [path, columns, all] of [
      ["results", RESULT_COLUMNS, results],
      ["pages", PAGE_COLUMNS, pages],
    ] as const) {
      const file = join(folder.path, `${path}.parquet`);
      await Bun.write(file, await get(`${path}?format=parquet`));
      const read = await readParquetElsewhere(file);
      if (read === null) return;
      const expected = (all as object[]).map((row) => columns.map((column) => column.of(row as never)));
      for (const reader of read.readers) {
        expect([reader.name, reader.columns]).toEqual([reader.name, columns.map((column) => column.name)]);
        expect(reader.rows).toEqual(expected);
      }
      expect(read.types).toEqual(columns.map((column) => DUCKDB_TYPES[column.type]));
    }
  }, 600_000);
});

const DUCKDB_TYPES = {
  text: "VARCHAR",
  int32: "INTEGER",
  int64: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP WITH TIME ZONE",
} as const;

type AnyColumn = (typeof RESULT_COLUMNS)[number] | (typeof PAGE_COLUMNS)[number];
type Value = string | number | boolean | null;

/** What a reader of CSV gets. */
function plain(column: AnyColumn, value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return at(at(parseCsv(`${csvText(value)}\r\n`), 0), 0);
  return column.type === "double" ? Number(value).toFixed(4) : String(value);
}

/** What a reader of Parquet in JavaScript gets. */
function typed(column: AnyColumn, value: Value): unknown {
  if (value === null) return null;
  if (column.type === "int64") return BigInt(value as number);
  if (column.type === "timestamp") return new Date(value as string);
  // It takes a mark at the beginning of a text for that of a file.
  return typeof value === "string" ? value.replace(/^\ufeff/, "") : value;
}

/** Without dropping a mark at the beginning, as `Response.text` does. */
function decodeUtf8(bytes: ArrayBuffer): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
