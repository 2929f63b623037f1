import { afterAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileUri, type SourceFilter } from "@sluice/contracts";
import { tarOf, zipOf } from "@sluice/sources/make-archive";
import { ensureDocuments, SourceListing } from "./source-listing.ts";
import { resolveRoots } from "./resolve-roots.ts";

const folder = await realpath(await mkdtemp(join(tmpdir(), "sluice-list-")));
afterAll(() => rm(folder, { recursive: true }));

for (const path of ["a", "a/b", "a/.hidden", "c", "empty"]) await mkdir(join(folder, path));
for (const file of ["a/1.pdf", "a/b/2.pdf", "a/.hidden/3.pdf", "c/4.docx"]) await writeFile(join(folder, file), "x");
await symlink("nothing", join(folder, "c/dangling"));
await symlink("..", join(folder, "a/b/loop"));

const rootsOf = (paths: string[]) => resolveRoots(paths.map((path) => Buffer.from(path)));

async function names(listing: SourceListing): Promise<string[]> {
  const found: string[] = [];
  for await (const { uri } of listing.sources()) found.push(uri.slice(`file://${folder}/`.length));
  return found;
}

describe("SourceListing", () => {
  test("several roots, each file once, whatever lies inside what", async () => {
    const roots = await rootsOf([
      `${folder}/a/b`,
      `${folder}/a/`,
      `${folder}/a/1.pdf`,
      `${folder}/c/../c`,
      `${folder}/c`,
    ]);
    const listing = new SourceListing(roots);
    expect(await names(listing)).toEqual(["a/1.pdf", "a/b/2.pdf", "c/4.docx"]);
    const report = listing.report();
    expect(report.problems.map((problem) => problem.code)).toEqual(["SOURCE_NOT_FOUND"]);
    expect(report.problemCount).toBe(1);
    expect(report.skipped).toEqual({ hidden: 1, dataDirs: 0, repeated: 1, filtered: 0 });
  });

  test("a hidden folder named by itself is listed", async () => {
    const listing = new SourceListing(await rootsOf([`${folder}/a`, `${folder}/a/.hidden`]));
    expect(await names(listing)).toEqual(["a/1.pdf", "a/b/2.pdf", "a/.hidden/3.pdf"]);
  });

  test("filters, and archives in the place of their files", async () => {
    const box = await realpath(await mkdtemp(join(tmpdir(), "sluice-box-")));
    await mkdir(join(box, "in"));
    await writeFile(join(box, "in/x.pdf"), "x");
    await writeFile(join(box, "y.txt"), "yy");
    await writeFile(join(box, "in/z.ZIP"), zipOf([{ name: "m.pdf" }, { name: "n.txt" }, { name: "../up.pdf" }]));
    await writeFile(join(box, "t.tgz"), gzipSync(await tarOf([{ name: "d/t.pdf" }])));
    await writeFile(join(box, "broken.zip"), "x");
    const found = async (filter: SourceFilter, root = box) => {
      const listing = new SourceListing([fileUri(root)], undefined, filter);
      const uris: string[] = [];
      for await (const { uri } of listing.sources()) uris.push(uri.slice(fileUri(box).length + 1));
      const { problems, skipped } = listing.report();
      return [uris, skipped.filtered, problems.map((problem) => problem.code)];
    };
    const faults = ["ARCHIVE_INVALID", "SOURCE_NOT_ALLOWED"];
    expect(await found({})).toEqual([
      ["in/x.pdf", "in/z.ZIP#/m.pdf", "in/z.ZIP#/n.txt", "t.tgz#/d/t.pdf", "y.txt"],
      0,
      faults,
    ]);
    expect(await found({ include: ["*.pdf"] })).toEqual([["in/x.pdf", "in/z.ZIP#/m.pdf", "t.tgz#/d/t.pdf"], 2, faults]);
    expect(await found({ include: ["in/**"], exclude: ["*.zip"] })).toEqual([
      ["in/x.pdf", "in/z.ZIP#/m.pdf", "in/z.ZIP#/n.txt"],
      3,
      ["SOURCE_NOT_ALLOWED"],
    ]);
    expect(await found({ minBytes: 2, maxBytes: 2 })).toEqual([["y.txt"], 4, faults]);
    expect(await found({ expandArchives: false })).toEqual([
      ["broken.zip", "in/x.pdf", "in/z.ZIP", "t.tgz", "y.txt"],
      0,
      [],
    ]);
    expect(await found({ include: ["*.pdf"] }, join(box, "in/z.ZIP"))).toEqual([
      ["in/z.ZIP#/m.pdf"],
      1,
      ["SOURCE_NOT_ALLOWED"],
    ]);
    await rm(box, { recursive: true });
  });

  test("a list of very many files takes no time of its own", () => {
    const roots = Array.from({ length: 50_000 }, (_, index) => `file:///srv/${index % 100}/${index}.pdf`);
    const before = performance.now();
    expect(new SourceListing(roots).report().problemCount).toBe(0);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test("a limit ends it", async () => {
    expect(await names(new SourceListing([fileUri(folder)], 2))).toHaveLength(2);
  });
});

describe("what cannot be submitted", () => {
  test("nothing there, nothing in it", () => {
    expect(rootsOf([`${folder}/missing`])).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
    expect(rootsOf([`${folder}/a/1.pdf/x`])).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
    expect(ensureDocuments([fileUri(`${folder}/empty`)])).rejects.toMatchObject({ code: "NO_DOCUMENTS" });
    expect(ensureDocuments([fileUri(folder)])).resolves.toBeUndefined();
  });
});
