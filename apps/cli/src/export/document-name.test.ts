import { expect, test } from "bun:test";
import { documentName, ordinalOf } from "./document-name.ts";

test.each([
  ["file:///data/invoice.pdf", "0000007-invoice.pdf.txt"],
  ["file:///data/..%2F..%2Fetc%2Fpasswd", "0000007-passwd.txt"],
  ["file:///data/..", "0000007-...txt"],
  ["file:///", "0000007-document.txt"],
  ["file:///data/a%0Ab%FF.pdf", "0000007-a_u000ab\ufffd.pdf.txt"],
  ["file:///C%3A%5Cwindows%5Cx.pdf", "0000007-C__windows_x.pdf.txt"],
  ["s3://bucket/some/%C3%BCber%20uns.pdf", "0000007-über uns.pdf.txt"],
  ["https://host/a/report.pdf?token=secret", "0000007-report.pdf.txt"],
  ["https://host/a.zip?token=secret#/inner/b%2Fc.pdf", "0000007-c.pdf.txt"],
  ["upload://aa/%E2%80%AEfdp.exe", "0000007-_fdp.exe.txt"],
  ["s3://bucket/%E0%A4%A", "0000007-%E0%A4%A.txt"],
])("%s is written as %s", (uri, name) => expect(documentName(7, uri, "text")).toBe(name));

test("names of every length and script fit, and are told again by their numbers", () => {
  for (const name of ["x".repeat(5_000), "漢".repeat(300), "👩‍👩‍👧‍👦".repeat(50)]) {
    const made = documentName(4_000_000, `s3://bucket/${encodeURIComponent(name)}`, "markdown");
    expect(Buffer.byteLength(made)).toBeLessThan(150);
    expect(made).not.toContain("\ufffd");
    expect(ordinalOf(made, "markdown")).toBe(4_000_000);
    expect(ordinalOf(made, "text")).toBeNull();
  }
  expect(ordinalOf("notes.txt", "text")).toBeNull();
  expect(ordinalOf("0000007-a.txt.part", "text")).toBeNull();
});
