import { expect, test } from "bun:test";
import type { ExportFormat } from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { completeRecords, csvCells } from "./complete-records.ts";
import { exportRows } from "./export-rows.ts";

const TEXTS = [
  "plain",
  'with "quotes", commas',
  "two\r\nlines\n\nand more",
  "",
  "ünïcode 漢字",
  "x".repeat(5_000),
  '"',
];
const ROWS = Array.from({ length: 60 }, (_, index) => ({
  ordinal: Math.floor(index / 7),
  pageNo: (index % 7) + 1,
  text: TEXTS[index % 7] ?? "",
}));

function written(format: ExportFormat, rows: typeof ROWS, header: boolean): string {
  if (format === "ndjson") return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const lines = rows.map(({ ordinal, pageNo, text }) => `"${text.replaceAll('"', '""')}",${pageNo},${ordinal}\r\n`);
  return `${header ? "text,pageNo,ordinal\r\n" : ""}${lines.join("")}`;
}

/** Cuts each answer after so many bytes, until there is no more. */
function breakingServer(format: ExportFormat, cutAfter: number) {
  const asked: (string | null)[] = [];
  const server = Bun.serve({
    port: 0,
    error: () => new Response(),
    fetch: (request) => {
      const after = new URL(request.url).searchParams.get("after");
      asked.push(after);
      const [ordinal = -1, pageNo = -1] = (after ?? "-1").split(".").map(Number);
      const rows = ROWS.filter((row) => row.ordinal > ordinal || (row.ordinal === ordinal && row.pageNo > pageNo));
      const bytes = new TextEncoder().encode(written(format, rows, after === null));
      const whole = bytes.length <= cutAfter;
      let sent = false;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (!sent) controller.enqueue(bytes.subarray(0, cutAfter));
          else if (whole) controller.close();
          else {
            await Bun.sleep(20);
            throw new Error("the connection breaks");
          }
          sent = true;
        },
      });
      return new Response(body);
    },
  });
  return { server, asked };
}

async function take(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Uint8Array.from(chunk));
  return new TextDecoder().decode(Buffer.concat(parts));
}

const target = (url: URL) => ({ baseUrl: url.origin, token: null, fetch, timeoutMs: 5_000 });
const what = (format: ExportFormat) => ({
  path: "/",
  place: ["ordinal", "pageNo"],
  format,
  query: {},
  signal: undefined,
});

test.each([["ndjson"], ["csv"]] as const)(
  "%s that breaks again and again is whole in the end",
  async (format) => {
    // The shortest is a header and half a row.
    for (const cutAfter of [5_200, 9_000, 12_345]) {
      const { server, asked } = breakingServer(format, cutAfter);
      expect(await take(exportRows(target(server.url), what(format)))).toBe(written(format, ROWS, true));
      expect(asked.length).toBeGreaterThan(3);
      await server.stop(true);
    }
  },
  60_000,
);

test("a table that breaks behind its header has it once", async () => {
  let answers = 0;
  const server = Bun.serve({
    port: 0,
    error: () => new Response(),
    fetch: (request) => {
      answers += 1;
      if (answers > 1) {
        expect(new URL(request.url).searchParams.get("after")).toBe("-1");
        return new Response("1,2\r\n");
      }
      return new Response(
        new ReadableStream({
          async pull(controller) {
            controller.enqueue(new TextEncoder().encode("ordinal,pageNo\r\n"));
            await Bun.sleep(50);
            throw new Error("the connection breaks");
          },
        }),
      );
    },
  });
  expect(await take(exportRows(target(server.url), what("csv")))).toBe("ordinal,pageNo\r\n1,2\r\n");
  await server.stop(true);
});

test("what cannot go on is given up with its error", async () => {
  const { server } = breakingServer("parquet", 5_000);
  const error = await take(exportRows(target(server.url), what("parquet"))).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).code).toBe("UNREACHABLE");
  await server.stop(true);
});

test("records are cut where they end, however the bytes come", async () => {
  for (const format of ["ndjson", "csv"] as const) {
    const bytes = new TextEncoder().encode(`${written(format, ROWS, true)}"cut off`);
    for (const size of [1, 3, 7, 1_000, 4_999, 1 << 20]) {
      const chunks = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
      };
      const parts: Uint8Array[] = [];
      for await (const { bytes: whole, last } of completeRecords(chunks(), format)) {
        parts.push(Uint8Array.from(whole));
        expect(Buffer.from(whole).subarray(-last.length)).toEqual(Buffer.from(last));
        const row = format === "csv" ? csvCells(last) : JSON.parse(new TextDecoder().decode(last));
        if (format === "csv") expect(row).toHaveLength(3);
      }
      expect(new TextDecoder().decode(Buffer.concat(parts))).toBe(written(format, ROWS, true));
    }
  }
});

test("a server that writes as many exports as it can is waited for, however often it says so", async () => {
  let asked = 0;
  await using server = Bun.serve({
    port: 0,
    fetch: () => {
      asked += 1;
      if (asked > 9) return new Response("PAR1");
      const problem = { type: "about:blank", title: "Full", status: 429, code: "EXPORTS_BUSY", detail: "", advice: "" };
      const headers = { "content-type": "application/problem+json", "retry-after": "0" };
      return Response.json(problem, { status: 429, headers });
    },
  });
  expect(await take(exportRows(target(server.url), what("parquet")))).toBe("PAR1");
  expect(asked).toBe(10);
});
