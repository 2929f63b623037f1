/** What people and machines get wrong: each has a code, a next step and an exit code, and nothing is lost. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, chown, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileUri } from "@sluice/contracts";
import { makePdf, temporaryFolder } from "@sluice/testkit";
import { Client } from "pg";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const scratch = temporaryFolder();
const place = ["--data-dir", join(scratch.path, "data")];
afterAll(() => scratch[Symbol.dispose]());

async function refusal(args: readonly string[]) {
  const result = await runCli([...args, "--json"]);
  const { error, exit } = jsonOf(result) as { error: { code: string; message: string; advice: string }; exit: number };
  expect(error.advice).not.toBe("");
  expect(exit).toBe(result.exit);
  return { code: error.code, message: error.message, exit };
}

describe("wrong use ends with 2 before anything starts", () => {
  test.each([
    [["classify"], "USAGE", "name what is to be read"],
    [["clasify", "x"], "USAGE", "Did you mean classify?"],
    [["classify", "/", "--wrokers", "2"], "USAGE", "Did you mean --workers?"],
    [["classify", "/", "-w", "0"], "USAGE", "from 1 to 1024"],
    [["classify", "/", "--classifier", "cascade"], "USAGE", "cascade BATCH"],
    [["classify", "/", "--export", "x.csv", "--format", "xlsx"], "USAGE", "jsonl, csv or parquet"],
    [["classify", "/", "--server", "http://127.0.0.1:1"], "USAGE", "cannot be used with"],
    [["classify", "/", "--format", "csv"], "USAGE", "--export"],
    [["classify", "/definitely/not/there"], "PATH_NOT_FOUND", "/definitely/not/there"],
  ])("%j is %s", async (args, code, message) => {
    expect(await refusal([...args, ...place])).toMatchObject({
      code,
      message: expect.stringContaining(message),
      exit: 2,
    });
    expect(await readdir(scratch.path)).not.toContain("data");
  });

  test("the same where there is no data directory to name", async () => {
    expect(await refusal(["extract", "/definitely/not/there.pdf"])).toMatchObject({ code: "PATH_NOT_FOUND", exit: 2 });
    expect(await refusal(["extract", "/"])).toMatchObject({ code: "USAGE", exit: 2 });
    expect(await refusal(["classify", "/", "--server", "http://127.0.0.1:1"])).toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("--token"),
      exit: 2,
    });
  });

  test("an empty folder", async () => {
    const empty = join(scratch.path, "empty");
    await mkdir(empty);
    await writeFile(join(empty, ".hidden"), "x");
    expect(await refusal(["classify", empty, ...place])).toEqual({
      code: "NO_DOCUMENTS",
      message: `there is no file below ${empty} (1 hidden entries were left out)`,
      exit: 2,
    });
  });

  test("a folder as the file of an export, and an environment that makes no sense", async () => {
    const result = await runCli(["classify", "/", "--export", scratch.path, ...place]);
    expect(result.exit).toBe(2);
    expect(result.stderr).toContain("is a directory");
    const workers = await runCli(["classify", "/", "--json", ...place], { env: { SLUICE_WORKERS: "many" } });
    expect(jsonOf(workers)).toMatchObject({
      error: { code: "CONFIG_INVALID", message: expect.stringContaining("SLUICE_WORKERS") },
    });
  });
});

describe("odd folders", () => {
  const folder = join(scratch.path, "odd");
  const nonUtf8 = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9, 0xff]), Buffer.from(".pdf")]);

  beforeAll(async () => {
    await mkdir(join(folder, "sub"), { recursive: true });
    const pdf = (text: string) => makePdf({ pages: [text] });
    await writeFile(join(folder, "with space.pdf"), pdf("one"));
    await writeFile(join(folder, "new\nline.pdf"), pdf("two"));
    await writeFile(nonUtf8, pdf("three"));
    await writeFile(join(folder, "-dash.pdf"), pdf("four"));
    await writeFile(join(folder, "=1+1.pdf"), pdf("five"));
    await writeFile(join(folder, "\u001b[31mred.pdf"), pdf("six"));
    await writeFile(join(folder, "100%41.pdf"), pdf("seven"));
    await symlink("..", join(folder, "sub", "loop"));
    await symlink("self", join(folder, "sub", "self"));
    await symlink("missing", join(folder, "sub", "dangling"));
  });

  test("every name survives; loops end; what could not be listed is told", async () => {
    const result = await runCli(["classify", folder, folder, `${folder}/sub`, "--json", ...place]);
    const report = jsonOf(result);
    expect(report).toMatchObject({ documents: 7, succeeded: 7, failed: 0, listingProblemCount: 2, exit: 1 });
    expect(report["skipped"]).toEqual({ hidden: 0, dataDirs: 0, repeated: 1, filtered: 0 });
    expect(result.exit).toBe(1);

    const rows = await runCli(["results", "latest", ...place]);
    const uris = rows.stdout
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { uri: string }).uri);
    expect(uris).toContain(fileUri(nonUtf8));
    expect(uris).toContain(fileUri(join(folder, "new\nline.pdf")));
    expect(new Set(uris).size).toBe(7);

    const csv = await runCli(["results", "latest", "--format", "csv", ...place]);
    expect(csv.stdout).not.toContain("\u001b");
    expect(csv.stdout.trimEnd().split("\r\n")).toHaveLength(8);
  });

  test("no name reaches the terminal as a command to it", async () => {
    const result = await runCli(["classify", folder, ...place]);
    expect(result.stdout + result.stderr).not.toContain("\u001b");
    expect(result.stdout).toContain("Not listed (2)");
  });

  test.skipIf(!isRoot)("what may not be read is named, and the rest is done", async () => {
    const locked = join(scratch.path, "locked");
    await mkdir(join(locked, "closed"), { recursive: true });
    await writeFile(join(locked, "open.pdf"), makePdf({ pages: ["open"] }));
    await writeFile(join(locked, "secret.pdf"), makePdf({ pages: ["secret"] }));
    await writeFile(join(locked, "closed", "in.pdf"), makePdf({ pages: ["in"] }));
    await chmod(join(locked, "secret.pdf"), 0o000);
    await chmod(join(locked, "closed"), 0o000);
    const dataDir = join(scratch.path, "nobody");
    await mkdir(dataDir);
    await chown(dataDir, NOBODY, NOBODY);
    await chmod(scratch.path, 0o755);
    const result = await runCli(["classify", locked, "--data-dir", dataDir, "--json"], { uid: NOBODY });
    const report = jsonOf(result);
    expect(report).toMatchObject({ documents: 2, succeeded: 1, failed: 1, listingProblemCount: 1, exit: 1 });
    expect(report["failures"]).toMatchObject([{ code: "SOURCE_UNREADABLE", uri: fileUri(join(locked, "secret.pdf")) }]);
    expect(report["listingProblems"]).toMatchObject([
      { code: "SOURCE_UNREADABLE", uri: fileUri(join(locked, "closed")) },
    ]);

    const forbidden = await runCli(["classify", join(locked, "closed"), "--data-dir", dataDir, "--json"], {
      uid: NOBODY,
    });
    expect(jsonOf(forbidden)).toMatchObject({ error: { message: expect.stringContaining("permission") } });
    expect(forbidden.exit).not.toBe(0);
  });
});

describe("a machine that is busy or broken ends with 3", () => {
  const document = join(scratch.path, "one.pdf");
  beforeAll(() => writeFile(document, makePdf({ pages: ["one"] })));

  test("a data directory in use, a port in use", async () => {
    const dataDir = join(scratch.path, "shared");
    const up = spawnCli(["up", "-w", "1", "--port", "0", "--data-dir", dataDir]);
    try {
      const url = await firstMatch(up.stdout, /http:\/\/127\.0\.0\.1:\d+/);
      expect(await refusal(["classify", document, "--data-dir", dataDir])).toMatchObject({
        code: "DATA_DIR_IN_USE",
        message: expect.stringContaining(String(up.pid)),
        exit: 3,
      });
      const elsewhere = ["--data-dir", join(scratch.path, "elsewhere")];
      const second = await runCli(["up", "-w", "1", "--port", new URL(url).port, ...elsewhere]);
      expect(second.stderr).toContain("PORT_IN_USE");
      expect(second.exit).toBe(3);
    } finally {
      up.kill("SIGTERM");
      await up.exited;
    }
  });

  test("a database of a newer version", async () => {
    const dataDir = ["--data-dir", join(scratch.path, "newer")];
    expect((await runCli(["classify", document, ...dataDir])).exit).toBe(0);
    const started = await runCli(["db", "start", ...dataDir]);
    expect(started).toMatchObject({ exit: 0, stderr: "" });
    try {
      const { stdout } = await runCli(["db", "url", ...dataDir]);
      await plantNewerMigration(stdout.trim());
      expect(await refusal(["classify", document, ...dataDir])).toMatchObject({ code: "SCHEMA_NEWER", exit: 3 });
    } finally {
      expect((await runCli(["db", "stop", ...dataDir])).exit).toBe(0);
    }
  });

  test("a data directory that cannot be one", async () => {
    expect(await refusal(["classify", document, "--data-dir", document])).toMatchObject({
      code: "DATA_DIR_UNUSABLE",
      exit: 3,
    });
    expect(await refusal(["classify", document, "--database-url", "postgres://u:p@127.0.0.1:1/d"])).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      exit: 3,
    });
    expect(await refusal(["batches", "--server", "http://127.0.0.1:1", "--token", "t".repeat(20)])).toMatchObject({
      code: "UNREACHABLE",
      exit: 3,
    });
  });

  test.skipIf(process.platform !== "linux")("a full disk under an export keeps the results", async () => {
    const result = await runCli(["classify", document, "--force", "--export", "/dev/full", ...place]);
    expect(result.stderr).toContain("DISK_FULL");
    expect(result.exit).toBe(3);
    expect(jsonOf(await runCli(["audit", "latest", "--json", ...place]))).toMatchObject({ balanced: true, items: 1 });
  });
});

/** A migration that this version does not know, as a newer one would have left it. */
async function plantNewerMigration(databaseUrl: string): Promise<void> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const last = await database.query("select * from schema_migrations order by number desc limit 1");
    const row = { ...(last.rows[0] as Record<string, unknown>), number: 9_999, works_with: null };
    const names = Object.keys(row);
    const values = names.map((_, index) => `$${index + 1}`);
    const statement = `insert into schema_migrations (${names.join(", ")}) values (${values.join(", ")})`;
    await database.query(statement, Object.values(row));
  } finally {
    await database.end();
  }
}

async function firstMatch(stream: ReadableStream<Uint8Array>, pattern: RegExp): Promise<string> {
  let text = "";
  const reader = stream
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  for (;;) {
    const { value, done } = await reader.read();
    if (value !== undefined) text += value;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return found;
    if (done) throw new Error(`no ${pattern} in: ${text}`);
  }
}
