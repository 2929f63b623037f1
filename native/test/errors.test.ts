import { expect, test } from "bun:test";
import { extractAsync } from "../src/index.ts";
import { latin1, PdfWriter, showLines, simplePdf, streamObject } from "./pdf-writer.ts";
import { allText, failure, read } from "./read.ts";

const FIXTURES = `${import.meta.dir}/fixtures`;

async function fixture(name: string): Promise<Uint8Array> {
  return Bun.file(`${FIXTURES}/${name}`).bytes();
}

test("an empty file", () => {
  expect(failure(new Uint8Array()).code).toBe("EMPTY_FILE");
});

test.each([
  ["PK\x03\x04\x14\0\0\0word/document.xml", "Word"],
  ["<!DOCTYPE html><html><body>", "HTML"],
  ["\x89PNG\r\n\x1a\n", "PNG"],
  ["{\\rtf1\\ansi", "RTF"],
  ["Dear Sir or Madam,", "plain text"],
])("what is not a PDF is named: %j", (bytes, name) => {
  const { code, message } = failure(latin1(bytes));
  expect(code).toBe("UNSUPPORTED_FORMAT");
  expect(message).toContain(name);
});

test("a PDF without a catalog", () => {
  expect(failure(latin1("%PDF-1.7\nnothing that a PDF is made of\n%%EOF")).code).toBe("INVALID_PDF");
});

test("a page tree without pages", () => {
  const writer = new PdfWriter();
  const tree = writer.add("<< /Type /Pages /Count 0 /Kids [] >>");
  expect(failure(writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`))).code).toBe("NO_PAGES");
});

test("a password is asked for, the empty one is tried", async () => {
  const { code, message } = failure(await fixture("user-password.pdf"));
  expect(code).toBe("PASSWORD_REQUIRED");
  expect(message).toContain("qpdf");
  for (const name of ["empty-password-rc4.pdf", "empty-password-aes128.pdf", "empty-password-aes256.pdf"]) {
    const document = read(await fixture(name));
    expect(allText(document)).toContain("Opened without a password");
    expect(document.metadata.encrypted).toBe(true);
  }
});

test("an encryption method that is not known", () => {
  const trailer = "/Encrypt << /Filter /Adobe.PubSec /V 4 /R 4 >> /ID [<00> <00>]";
  expect(failure(simplePdf([{ content: showLines(["x"]) }], trailer)).code).toBe("UNSUPPORTED_ENCRYPTION");
});

test("pages that are not there", () => {
  const bytes = simplePdf([{ content: showLines(["x"]) }]);
  const asked = (from: number, to: number) => failure(bytes, { pages: { from, to } });
  expect(asked(2, 3)).toEqual({
    code: "PAGE_OUT_OF_RANGE",
    message: "page 2 asked for, but the document has page 1 alone",
  });
  expect(asked(3, 2)).toMatchObject({ code: "PAGE_OUT_OF_RANGE", message: expect.stringContaining("counted from 1") });
});

test("more text than allowed", () => {
  const bytes = simplePdf([{ content: showLines(["more than ten bytes of text"]) }]);
  const { code, message } = failure(bytes, { maxTextBytes: 10 });
  expect(code).toBe("TEXT_LIMIT");
  expect(message).toContain("limit of 10");
});

test("more time than given", () => {
  const pages = Array.from({ length: 40 }, () => ({ content: "n\n".repeat(2_000_000) }));
  const { code, message } = failure(simplePdf(pages), { timeoutMs: 5 });
  expect(code).toBe("TIMEOUT");
  expect(message).toMatch(/the time given was up at page \d+ of 40/);
  expect(read(simplePdf(pages.slice(0, 1)), { timeoutMs: 60_000 }).pageCount).toBe(1);
});

test("a page whose content cannot be decoded is an error of that page", () => {
  const writer = new PdfWriter();
  const tree = writer.reserve();
  const bad = writer.add(streamObject("x", "/Filter /NoSuchFilter"));
  const page = writer.add(`<< /Type /Page /Parent ${tree} 0 R /Contents ${bad} 0 R >>`);
  writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`);
  const document = read(writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`)));
  expect(document.pages[0]?.error?.code).toBe("PAGE_UNREADABLE");
});

test("errors come as values from the asynchronous call as well", async () => {
  expect(await extractAsync(new Uint8Array())).toMatchObject({ ok: false, error: { code: "EMPTY_FILE" } });
});
