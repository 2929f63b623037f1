import { expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Expected {
  path: string;
  note: string;
}

const documents = join(import.meta.dir, "documents");
const expected: Expected[] = readFileSync(join(import.meta.dir, "expected.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [path = "", , , , , note = ""] = line.split("\t");
    return { path, note };
  });

function bytesOf(path: string): Buffer {
  return readFileSync(join(documents, path));
}

function noted(note: string): Buffer {
  const row = expected.find((candidate) => candidate.note === note);
  if (row === undefined) throw new Error(`expected.tsv has no file with the note ${note}`);
  return bytesOf(row.path);
}

test("expected.tsv lists every sample once and nothing else", () => {
  const found = readdirSync(documents, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(documents, path)).isFile(),
  );
  expect(expected.map((row) => row.path).sort()).toEqual(found.sort());
});

test("only the files noted as duplicates share their bytes with another", () => {
  const firstWith = new Map<string, string>();
  const shared: string[] = [];
  const marked = expected.filter((row) => row.note.startsWith("duplicate-of "));
  for (const row of [...expected.filter((candidate) => !marked.includes(candidate)), ...marked]) {
    const hash = new Bun.CryptoHasher("sha256").update(bytesOf(row.path)).digest("hex");
    const first = firstWith.get(hash);
    if (first === undefined) firstWith.set(hash, row.path);
    else shared.push(`${row.path} duplicate-of ${first}`);
  }
  expect(shared).toEqual(marked.map((row) => `${row.path} ${row.note}`));
  expect(marked.length).toBeGreaterThan(0);
});

test("the odd files are what their notes say", () => {
  expect(noted("empty-file").length).toBe(0);
  expect(noted("not-pdf").subarray(0, 2).toString("latin1")).toBe("PK");
  expect(noted("damaged").toString("latin1")).not.toContain(" obj");
  expect(noted("bad-xref").toString("latin1")).not.toContain("\nxref\n");
  for (const note of ["encrypted", "encrypted-empty-password"]) {
    expect(noted(note).toString("latin1")).toContain("/Encrypt");
  }
});

test("the whole folder stays small enough to ship", () => {
  const total = expected.reduce((sum, row) => sum + bytesOf(row.path).length, 0);
  expect(total).toBeLessThan(3_000_000);
});
