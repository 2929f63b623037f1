import { afterAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDocuments, SourceListing } from "./source-listing.ts";
import { fileUri } from "@sluice/contracts";
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
    expect(report.skipped).toEqual({ hidden: 1, dataDirs: 0, repeated: 1 });
  });

  test("a hidden folder named by itself is listed", async () => {
    const listing = new SourceListing(await rootsOf([`${folder}/a`, `${folder}/a/.hidden`]));
    expect(await names(listing)).toEqual(["a/1.pdf", "a/b/2.pdf", "a/.hidden/3.pdf"]);
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
