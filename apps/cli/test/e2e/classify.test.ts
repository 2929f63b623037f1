/** The main job through the CLI, on one data directory: classify, run again, read everything back. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";
import { businessFolder } from "./business-folder.ts";

const scratch = temporaryFolder();
const folder = join(scratch.path, "documents");
const dataDir = join(scratch.path, "data");
const place = ["--data-dir", dataDir];
let first: Record<string, unknown>;

beforeAll(async () => {
  await businessFolder(folder);
  const result = await runCli(["classify", folder, "-w", "2", "--json", ...place]);
  first = jsonOf(result);
  expect(first).not.toHaveProperty("error");
  expect(result.exit).toBe(1);
});
afterAll(() => scratch[Symbol.dispose]());

describe("classify", () => {
  test("accounts for every file in the object of --json", () => {
    expect(first).toMatchObject({
      documents: 7,
      succeeded: 4,
      partial: 0,
      failed: 2,
      duplicates: 1,
      unchanged: 0,
      cancelled: 0,
      needsOcr: 0,
      // The duplicate counts with its pages, as the document behind it has them.
      pages: 6,
      interrupted: false,
      listingProblems: [],
      exit: 1,
    });
    expect(first["batchId"]).toMatch(/^[0-9a-f-]{36}$/);
    for (const field of ["seconds", "documentsPerSecond", "pagesPerSecond", "bytes"]) {
      expect(first[field]).toBeGreaterThan(0);
    }
    const categories = first["categories"] as Record<string, number>;
    expect(categories["invoice"]).toBeGreaterThanOrEqual(2);
    const failures = first["failures"] as { uri: string; code: string; message: string }[];
    expect(failures.map(({ code }) => code).sort()).toEqual(["EMPTY_FILE", "UNSUPPORTED_FORMAT"]);
    for (const failure of failures) expect(failure.message).not.toBe("");
  });

  test("a second run finds everything unchanged, and tries again what failed", async () => {
    const again = jsonOf(await runCli(["classify", folder, "-w", "2", "--json", ...place]));
    expect(again).toMatchObject({ documents: 7, unchanged: 5, succeeded: 0, duplicates: 0, failed: 2 });
    expect(again["categories"]).toEqual(first["categories"]);
    expect(again["batchId"]).not.toBe(first["batchId"]);
  });

  test("--force reads again, --limit stops, a person gets a summary", async () => {
    const result = await runCli(["classify", join(folder, "invoice.pdf"), "--force", "--limit", "1", ...place]);
    expect(result.stdout).toContain("1 document done");
    expect(result.stdout).toMatch(/1 (succeeded|duplicate)/);
    expect(result.stdout).toContain(`--data-dir ${dataDir}`);
    expect(result.stdout).not.toContain("\u001b");
    expect(result.exit).toBe(0);
  });

  test("an export beside --json: the lines go to their file, and stdout has the one object", async () => {
    const file = join(scratch.path, "beside.jsonl");
    const result = await runCli(["classify", folder, "--json", "--export", file, ...place]);
    expect(jsonOf(result)).toMatchObject({ documents: 7 });
    expect((await Bun.file(file).text()).trimEnd().split("\n")).toHaveLength(7);
    const both = await runCli(["classify", folder, "--json", "--export", "-", ...place]);
    expect(jsonOf(both)).toMatchObject({ error: { code: "USAGE" }, exit: 2 });
  });

  test("a taxonomy of one's own replaces the built-in one", async () => {
    const taxonomy = join(scratch.path, "mine.yaml");
    await writeFile(
      taxonomy,
      "name: mine\ncategories:\n  - id: money\n    name: Money\n    description: invoices, amounts due, payment, total, bank\n  - id: weather\n    name: Weather\n    description: rain, wind, temperature\n",
    );
    const result = await runCli(["classify", join(folder, "invoice.pdf"), "--taxonomy", taxonomy, "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ documents: 1, failed: 0, categories: { money: 1 } });
  });

  test("a bad taxonomy is refused with its line before anything starts", async () => {
    const taxonomy = join(scratch.path, "bad.yaml");
    await writeFile(taxonomy, "name: bad\ncategories:\n  - id: x\n    name: X\n    description: 7\n");
    const result = await runCli(["classify", folder, "--taxonomy", taxonomy, "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({
      error: { code: "TAXONOMY_INVALID", message: expect.stringContaining("bad.yaml:5") },
    });
    expect(result.exit).toBe(2);
  });
});

describe("reading back", () => {
  test("results as jsonl: a line an item, in order", async () => {
    const result = await runCli(["results", String(first["batchId"]), ...place]);
    expect(result.exit).toBe(0);
    const rows = result.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => row["ordinal"])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const row of rows) {
      for (const field of ["uri", "state", "category", "confidence", "terms", "pages", "needsOcr", "code", "message"]) {
        expect(row).toHaveProperty(field);
      }
    }
    const invoice = rows.find((row) => String(row["uri"]).endsWith("/invoice.pdf"));
    expect(invoice).toMatchObject({ category: "invoice", pages: 1, code: null });
    // Either of the two copies may have been the first.
    expect(["succeeded", "duplicate"]).toContain(String(invoice?.["state"]));
    expect(invoice?.["terms"]).not.toEqual([]);
    expect(invoice?.["contentHash"]).toMatch(/^[0-9a-f]{64}$/);
  });

  test("results as csv in a file, named by a prefix of the batch", async () => {
    const file = join(scratch.path, "out.csv");
    const prefix = String(first["batchId"]).slice(0, 35);
    const result = await runCli(["results", prefix, "--export", file, ...place]);
    expect(result).toMatchObject({ exit: 0, stdout: "" });
    const lines = (await readFile(file, "utf8")).split("\r\n");
    expect(lines[0]).toStartWith("uri,state,category,confidence,terms,pages,needsOcr,code,message,contentHash");
    expect(lines.filter((line) => line !== "")).toHaveLength(8);
  });

  test("results and pages as Parquet, and the text of each document in a folder", async () => {
    const batch = String(first["batchId"]);
    const items = join(scratch.path, "items.parquet");
    expect(await runCli(["results", batch, "--export", items, ...place])).toMatchObject({ exit: 0, stdout: "" });
    const ends = (bytes: Uint8Array) =>
      [bytes.subarray(0, 4), bytes.subarray(-4)].map((end) => Buffer.from(end).toString());
    expect(ends(await Bun.file(items).bytes())).toEqual(["PAR1", "PAR1"]);
    const pages = await runCli(["results", batch, "--by-page", "--format", "jsonl", ...place]);
    const rows = pages.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const invoice = rows.filter((row) => String(row["path"]).endsWith("/invoice.pdf"));
    expect(invoice).toMatchObject([{ pageNo: 1, category: "invoice" }]);
    expect(String(invoice[0]?.["text"])).toContain("Total due");

    const texts = join(scratch.path, "texts");
    const written = await runCli(["results", batch, "--format", "text", "--export", `${texts}/`, ...place]);
    expect(written).toMatchObject({ exit: 0, stdout: "" });
    const documents = new Set(rows.map((row) => row["ordinal"]));
    expect(written.stderr).toContain(`${documents.size} documents written to ${texts}`);
    const name = `${String(invoice[0]?.["ordinal"]).padStart(7, "0")}-invoice.pdf.txt`;
    expect((await readFile(join(texts, name), "utf8")).trim()).toBe(String(invoice[0]?.["text"]).trim());
    const again = await runCli(["results", batch, "--format", "text", "--export", texts, ...place]);
    expect(again.stderr).toContain(`0 documents written to ${texts}, beside ${documents.size} files`);
    const nowhere = await runCli(["results", batch, "--format", "markdown", ...place]);
    expect(nowhere).toMatchObject({ exit: 2, stderr: expect.stringContaining("name a folder") });
  });

  test("search finds what was classified just now", async () => {
    const found = await runCli(["search", "total due", "--batch", String(first["batchId"]), ...place]);
    expect(found.exit).toBe(0);
    expect(found.stdout).toMatch(/invoice\.pdf {2}page 1, invoice/);
    expect(found.stdout).toContain("Total due");
    expect(found.stdout).not.toContain("\u001b");
    const json = jsonOf(
      await runCli(["search", "totals", "--category", "invoice", "--json", "--limit", "1", ...place]),
    );
    expect(json).toMatchObject({ query: "totals", exhaustive: true, hits: [{ pageNo: 1 }] });
    const nothing = await runCli(["search", "qwertyuiop", ...place]);
    expect(nothing).toMatchObject({ exit: 0, stdout: "", stderr: expect.stringContaining("0 pages") });
    expect(await runCli(["search", "--", "-x", ...place])).toMatchObject({ exit: 2 });
  });

  test("--explain says what decided, for people and for programs", async () => {
    const again = await runCli(["classify", folder, "--explain", "--force", "--quiet", ...place]);
    expect(again.stdout).toMatch(
      /invoice\.pdf\n {2}invoice at [01]\.\d\d by the rules, 0\.\d\d above the mark of 0\.65/,
    );
    expect(again.stdout).toMatch(/ {2}\d+\.\d\d {2}invoice number +first lines/);
    const json = jsonOf(await runCli(["classify", folder, "--explain", "--min-confidence", "1", "--json", ...place]));
    const explanations = json["explanations"] as { path: string; margin: number }[];
    expect(explanations.find(({ path }) => path.endsWith("/invoice.pdf"))).toMatchObject({ source: "rules", mark: 1 });
    expect(explanations.every(({ margin }) => margin <= 0)).toBe(true);
  }, 60_000);

  test("failures with causes and next steps", async () => {
    const result = await runCli(["failures", String(first["batchId"]), ...place]);
    expect(result.stdout).toContain("UNSUPPORTED_FORMAT");
    expect(result.stdout).toContain("convert the file to PDF");
    expect(result.stdout).toContain(`2 failures in batch ${String(first["batchId"])}\n`);
    expect(result.stdout).toEndWith("reads them all again\n");
    const json = jsonOf(await runCli(["failures", String(first["batchId"]), "--json", ...place]));
    expect(json).toMatchObject({ batchId: first["batchId"], failed: 2 });
    expect(json["failures"]).toHaveLength(2);
  });

  test("the audit is balanced", async () => {
    const result = await runCli(["audit", String(first["batchId"]), "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ balanced: true, items: 7 });
    expect(result.exit).toBe(0);
    const text = await runCli(["audit", "latest", ...place]);
    expect(text.stdout).toContain("balanced: batch");
    expect(text.exit).toBe(0);
  });

  test("batches and status", async () => {
    const listed = jsonOf(await runCli(["batches", "--json", ...place]));
    const ids = (listed["batches"] as { batchId: string }[]).map((batch) => batch.batchId);
    expect(ids).toContain(String(first["batchId"]));
    expect(ids.at(-1)).toBe(String(first["batchId"]));
    const status = jsonOf(await runCli(["status", String(first["batchId"]), "--json", ...place]));
    expect(status).toMatchObject({ batch: { batchId: first["batchId"], state: "done", items: 7 }, workers: [] });
  });

  test("an id that is none", async () => {
    const result = await runCli(["audit", "019fffff", "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ error: { code: "NOT_FOUND" }, exit: 2 });
    expect(result.exit).toBe(2);
  });

  test("a reader that has read enough ends the command quietly", async () => {
    const command = `"${process.execPath}" "${join(import.meta.dir, "../../src/main.ts")}" results latest --data-dir "${dataDir}" | head -n 1`;
    const shell = Bun.spawn(["sh", "-c", command], { stdout: "pipe", stderr: "pipe" });
    expect(await shell.stderr.text()).toBe("");
    expect((await shell.stdout.text()).split("\n")).toHaveLength(2);
  });
});
