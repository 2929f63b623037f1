import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { filePathBytes } from "@sluice/contracts";
import { extract } from "@sluice/native";
import { temporaryFolder } from "@sluice/testkit";
import { DocumentSet } from "./document-set.ts";

test("the engine reads exactly the text that is known of a document", () => {
  using scratch = temporaryFolder();
  const documents = new DocumentSet(scratch.path);
  for (const reference of ["plain:1", "plain:2", "plain:3", "long:1", "huge:1"]) {
    const { known, submission } = documents.item(reference, 0);
    const path = Buffer.from(filePathBytes(submission.uri) ?? []).toString();
    const result = extract(readFileSync(path));
    if (!result.ok) throw new Error(result.error.message);
    const { text, pageOffsets, pageCount } = result.document;
    const pages = Array.from({ length: pageCount }, (_, page) =>
      Buffer.from(text.subarray(pageOffsets[page], pageOffsets[page + 1])).toString(),
    );
    expect(pageCount).toBe(known.pageCount);
    expect(new Bun.CryptoHasher("sha256").update(pages.join("\f")).digest("hex")).toBe(known.textHash ?? "");
  }
});

test("copies have the bytes of their original under another name, and what is missing has no file", () => {
  using scratch = temporaryFolder();
  const documents = new DocumentSet(scratch.path);
  const original = documents.item("plain:5", 0);
  const copy = documents.item("plain:5:2", 1);
  expect(copy.known).toBe(original.known);
  expect(copy.submission.uri).not.toBe(original.submission.uri);
  expect(copy.submission.sizeBytes).toBe(original.submission.sizeBytes);
  const missing = documents.item("missing:1", 2);
  expect(missing.known.contentHash).toBeNull();
  expect(missing.submission.sizeBytes).toBe(0);
});
