import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { filePathBytes } from "@sluice/contracts";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DirectoryEntry, listDirectory } from "./directory-listing.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sluice-listing-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function list(root: string | Uint8Array = dir): Promise<DirectoryEntry[]> {
  return await Array.fromAsync(listDirectory(root));
}

function brief(entries: DirectoryEntry[]): string[] {
  return entries.map((entry) => {
    const name = Buffer.from(filePathBytes(entry.uri) ?? [])
      .toString("latin1")
      .slice(dir.length + 1);
    const what = entry.kind === "file" ? "" : entry.kind === "problem" ? ` ${entry.code}` : ` ${entry.reason}`;
    return `${entry.kind} ${name}${what}`;
  });
}

function put(name: string | Buffer, text = "x"): void {
  const path = typeof name === "string" ? join(dir, name) : Buffer.concat([Buffer.from(`${dir}/`), name]);
  writeFileSync(path, text);
}

describe("order", () => {
  test("depth first, names by their bytes, every format alike", async () => {
    mkdirSync(join(dir, "b"));
    for (const name of ["z.pdf", "a.docx", "b/2.pdf", "b/10.pdf", "Z.pdf", "é.pdf", "c"]) put(name);
    const utf8Name = Buffer.from("é.pdf").toString("latin1");
    expect(brief(await list())).toEqual([
      "file Z.pdf",
      "file a.docx",
      "file b/10.pdf",
      "file b/2.pdf",
      "file c",
      "file z.pdf",
      `file ${utf8Name}`,
    ]);
  });
});

describe("names", () => {
  test("bytes that are no text and control characters survive", async () => {
    mkdirSync(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from("d\xff", "latin1")]));
    put(Buffer.from("d\xff/\xfe\n .pdf", "latin1"), "abc");
    const entries = await list();
    expect(brief(entries)).toEqual(["file d\xff/\xfe\n .pdf"]);
    const [entry] = entries;
    if (entry?.kind !== "file") throw new Error("no file");
    expect(entry.uri).toEndWith("/d%FF/%FE%0A%20.pdf");
    expect(readFileSync(Buffer.from(entry.path), "utf8")).toBe("abc");
    expect(entry.sizeBytes).toBe(3);
  });

  test("the version changes with the time of change, to the nanosecond field", async () => {
    put("a.pdf");
    utimesSync(join(dir, "a.pdf"), 1_000, 1_000.25);
    const [before] = await list();
    utimesSync(join(dir, "a.pdf"), 1_000, 1_000.5);
    const [after] = await list();
    expect(before).toMatchObject({ sourceVersion: "1:1000250000000" });
    expect(after).toMatchObject({ sourceVersion: "1:1000500000000" });
  });
});

describe("links", () => {
  test("a loop is left out, with its reason", async () => {
    mkdirSync(join(dir, "a"));
    put("a/1.pdf");
    symlinkSync("..", join(dir, "a", "up"));
    expect(brief(await list())).toEqual(["file a/1.pdf", "skipped a/up repeated"]);
  });

  test("a directory with two names is listed under the first", async () => {
    mkdirSync(join(dir, "real"));
    put("real/1.pdf");
    symlinkSync("real", join(dir, "alias"));
    expect(brief(await list())).toEqual(["file alias/1.pdf", "skipped real repeated"]);
  });

  test("links to files are files, links to nothing and in circles are problems", async () => {
    put("a.pdf");
    symlinkSync("a.pdf", join(dir, "b.pdf"));
    symlinkSync("nowhere", join(dir, "c.pdf"));
    symlinkSync("d.pdf", join(dir, "d.pdf"));
    expect(brief(await list())).toEqual([
      "file a.pdf",
      "file b.pdf",
      "problem c.pdf SOURCE_NOT_FOUND",
      "problem d.pdf SOURCE_UNREADABLE",
    ]);
  });
});

describe("what is no document", () => {
  test("hidden entries and data directories are skipped, each with its reason", async () => {
    for (const name of [".git", "data", "data/logs", "data/spool"]) mkdirSync(join(dir, name));
    for (const name of [".DS_Store", ".git/x.pdf", "data/sluice.json", "data/x.pdf", "a.pdf"]) put(name);
    expect(brief(await list())).toEqual([
      "skipped .DS_Store hidden",
      "skipped .git hidden",
      "file a.pdf",
      "skipped data data_dir",
    ]);
  });

  test("a folder that merely holds a sluice.json is listed", async () => {
    put("sluice.json");
    expect(brief(await list())).toEqual(["file sluice.json"]);
  });

  test("a pipe is a problem, not a file that blocks its reader", async () => {
    Bun.spawnSync(["mkfifo", join(dir, "pipe")]);
    expect(brief(await list())).toEqual(["problem pipe SOURCE_UNREADABLE"]);
  });
});

describe("roots", () => {
  test("one file, also a hidden one", async () => {
    put(".hidden.pdf");
    expect(brief(await list(join(dir, ".hidden.pdf")))).toEqual(["file .hidden.pdf"]);
  });

  test("nothing there: PATH_NOT_FOUND", async () => {
    await expect(list(join(dir, "missing"))).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
    put("a.pdf");
    await expect(list(join(dir, "a.pdf", "b"))).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
  });

  test("an empty folder gives nothing", async () => {
    expect(await list()).toEqual([]);
  });
});

test("a directory without permission is a problem and its neighbours are listed", async () => {
  // Root may read everything, so the listing runs as somebody else.
  mkdirSync(join(dir, "locked"), { mode: 0o000 });
  put("a.pdf");
  Bun.spawnSync(["chmod", "755", dir]);
  const script = `
    const { listDirectory } = await import(${JSON.stringify(join(import.meta.dir, "directory-listing.ts"))});
    if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
    for await (const entry of listDirectory(${JSON.stringify(dir)})) console.log(entry.kind, entry.code ?? "", entry.message ?? "");
  `;
  const run = Bun.spawnSync([process.execPath, "-e", script]);
  expect(run.stderr.toString()).toBe("");
  expect(run.stdout.toString().trim().split("\n")).toEqual([
    "file  ",
    `problem SOURCE_UNREADABLE ${dir}/locked: no permission to read the directory`,
  ]);
});
