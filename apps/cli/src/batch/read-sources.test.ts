import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileUri } from "@sluice/contracts";
import { readSources } from "./read-sources.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice-sources-")));
afterAll(() => rmSync(folder, { recursive: true }));

const odd = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from(".pdf")]);
writeFileSync(odd, "x");
writeFileSync(join(folder, "a b.pdf"), "x");

function list(content: string | Uint8Array): string {
  const path = join(folder, "list.txt");
  writeFileSync(path, content);
  return path;
}

const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text));

describe("sources are", () => {
  test("paths, from arguments and from a list: names of any bytes, comments and empty lines apart", async () => {
    const file = list(Buffer.concat([Buffer.from(`# a comment\r\n\n${folder}/a b.pdf\r\n`), odd, Buffer.from("\n")]));
    expect(await readSources(bytes(folder), file)).toEqual({
      kind: "here",
      roots: [fileUri(folder), fileUri(`${folder}/a b.pdf`), fileUri(odd)],
    });
  });

  test("a list that NUL ends may hold any name, one with a newline or a # too", async () => {
    const newline = `${folder}/two\nlines.pdf`;
    const hash = `${folder}/#1.pdf`;
    writeFileSync(newline, "x");
    writeFileSync(hash, "x");
    expect(await readSources([], list(`${newline}\0${hash}\0`))).toEqual({
      kind: "here",
      roots: [fileUri(newline), fileUri(hash)],
    });
  });

  test("or what the server lists", async () => {
    const file = list("s3://papers/2024/\nhttps://example.org/a.pdf\n");
    expect(await readSources(bytes("file:///srv/in"), file)).toEqual({
      kind: "server",
      sources: ["file:///srv/in", "s3://papers/2024/", "https://example.org/a.pdf"],
    });
  });

  test("never both, never none, never nonsense", () => {
    expect(readSources(bytes(folder, "s3://papers/x"), undefined)).rejects.toMatchObject({ code: "USAGE" });
    expect(readSources([], undefined)).rejects.toMatchObject({ code: "USAGE" });
    expect(readSources([], list("\n# nothing\n"))).rejects.toMatchObject({ code: "USAGE" });
    expect(readSources(bytes("ftp://host/x"), undefined)).rejects.toMatchObject({ code: "USAGE" });
    expect(readSources(bytes("https://u:p@host/x"), undefined)).rejects.toMatchObject({ code: "USAGE" });
    expect(readSources([], join(folder, "missing"))).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
  });
});
