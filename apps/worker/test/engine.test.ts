import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FailedItem, TextItem } from "@sluice/contracts";
import { slowPdf, tinyPdf } from "./tiny-pdf.ts";
import { briefly, WorkerProcess } from "./worker-process.ts";

test("the real engine behind the pool: text, names for what is no PDF, and labels", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_EXTRACTOR: "" });
  expect(worker.registration.engineVersion).toMatch(/^\d+\.\d+\.\d+-/);
  const items = [
    worker.document("two pages\n.pdf", tinyPdf(["Invoice number 17", "Total due 120.00"]), 0),
    worker.document("letter.docx", "PK\u0003\u0004 word/document.xml", 1),
    worker.document("damaged.pdf", "%PDF-1.7\nnothing of it is left", 2),
    worker.document("empty.pdf", "", 3),
    { ordinal: 4, uri: `file://${worker.folder}/missing.pdf`, sizeBytes: 1, knownHashes: [] },
    worker.document("one.pdf", tinyPdf(["After all that"]), 5),
  ];
  const { items: lines, done } = await worker.run(items, {
    classify: { classifier: "rules", taxonomy: null, minConfidence: null },
  });
  expect(briefly(lines)).toEqual([
    "0 Invoice number 17|Total due 120.00",
    "1 failed UNSUPPORTED_FORMAT",
    "2 failed INVALID_PDF",
    "3 failed EMPTY_FILE",
    "4 failed SOURCE_NOT_FOUND",
    "5 After all that",
  ]);
  expect(lines[0]).toMatchObject({ format: "pdf", pageCount: 2, metadata: { pdfVersion: "1.7" } });
  expect((lines[0] as TextItem).classification).not.toBeNull();
  expect(done).toMatchObject({ items: 6, childRestarts: 0 });
});

test("a document of more pages than the batch reads is refused whole, never cut short", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_EXTRACTOR: "" });
  const items = [worker.document("three.pdf", tinyPdf(["one", "two", "three"]), 0)];
  const { items: lines } = await worker.run(items, { extract: { maxPages: 2 } });
  expect(briefly(lines)).toEqual(["0 failed PAGE_LIMIT"]);
  expect((await worker.run(items, { extract: { maxPages: 3 } })).items).toMatchObject([{ pageCount: 3 }]);
});

test("encrypted documents open with the passwords of their shard, and with no other shard's", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_EXTRACTOR: "" });
  const fixtures = join(import.meta.dir, "../../../native/test/fixtures");
  const locked = (name: string, ordinal: number) =>
    worker.document(`${name}.pdf`, readFileSync(join(fixtures, `${name}.pdf`)), ordinal);
  const names = ["password-rc4-40", "password-rc4-128", "password-aes128", "password-aes256-r5", "user-password"];
  const items = [...names, "empty-password-rc4"].map(locked);
  const failed = (code: string) => [...names.map((_, ordinal) => `${ordinal} failed ${code}`), opened];
  const opened = "5 Opened without a password";

  expect(briefly((await worker.run(items)).items)).toEqual(failed("PASSWORD_REQUIRED"));
  const { items: lines } = await worker.run(items, { passwords: ["wrong", "secret"] });
  expect(lines.map(({ outcome }) => outcome)).toEqual(items.map(() => "extracted"));
  expect(lines[0]).toMatchObject({ metadata: { encrypted: true, title: "Locked" } });
  expect(JSON.stringify(lines)).not.toContain("secret");
  expect(briefly((await worker.run(items, { passwords: ["wrong"] })).items)).toEqual(failed("WRONG_PASSWORD"));
  // The same processes again, which know nothing of the passwords before.
  expect(briefly((await worker.run(items)).items)).toEqual(failed("PASSWORD_REQUIRED"));
});

test("a document that takes too long is stopped by the engine itself, and costs no child", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_EXTRACTOR: "" });
  const items = [worker.document("slow.pdf", slowPdf(), 0), worker.document("one.pdf", tinyPdf(["After all that"]), 1)];
  const { items: lines, done } = await worker.run(items, { extract: { documentTimeoutMs: 1_000 } });
  expect(briefly(lines)).toEqual(["0 failed CHILD_TIMEOUT", "1 After all that"]);
  expect((lines[0] as FailedItem).message).toContain("the time given was up");
  expect(done).toMatchObject({ items: 2, childRestarts: 0 });
});
