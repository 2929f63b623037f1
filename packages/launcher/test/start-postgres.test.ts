import { describe, expect, test } from "bun:test";
import { SQL } from "bun";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { isAlive, locatePostgres, startPostgres, stopPostgres } from "../src/index.ts";
import { IS_ROOT, NOBODY, runScript, scratchFolder, until, untilGone } from "./scratch.ts";

const QUICK = { fsync: "off" } as const;

async function query(databaseUrl: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = new SQL(databaseUrl, { max: 1 });
  try {
    return (await sql.unsafe(statement)) as Record<string, unknown>[];
  } finally {
    await sql.close();
  }
}

const start = (dataDir: string, exitWithParent = true) => startPostgres({ dataDir, exitWithParent, settings: QUICK });

describe("startPostgres", () => {
  test("makes a database, and finds it again with what was stored", async () => {
    using folder = scratchFolder();
    const dataDir = join(folder.path, "a folder/data");
    const first = await startPostgres({ dataDir, exitWithParent: true });
    await query(first.databaseUrl, "create table t as select 'kept' as v");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startPostgres({ dataDir, exitWithParent: true });
    expect(await query(second.databaseUrl, "select v from t")).toEqual([{ v: "kept" }]);
    await second.stop();
    await second.exited;
  });

  test("what promises durability is on, and the log gets no row's content", async () => {
    using folder = scratchFolder();
    const postgres = await startPostgres({ dataDir: folder.path, exitWithParent: true });
    const settings = await query(
      postgres.databaseUrl,
      "select string_agg(name || '=' || setting, ' ' order by name) as all from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')",
    );
    expect(settings).toEqual([{ all: "fsync=on full_page_writes=on synchronous_commit=on" }]);
    const failed = query(
      postgres.databaseUrl,
      "create table t (v text unique); insert into t values ('secret'), ('secret')",
    );
    await expect(failed).rejects.toThrow("duplicate key");
    await postgres.stop();
    const log = readFileSync(join(folder.path, "logs/postgres.log"), "utf8");
    expect(log).toContain("duplicate key");
    expect(log).not.toContain("secret");
  });

  test("asks for the password", async () => {
    using folder = scratchFolder();
    const postgres = await start(folder.path);
    const wrong = new URL(postgres.databaseUrl);
    wrong.password = "wrong";
    await expect(query(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
    expect(statSync(join(folder.path, "postgres.password")).mode & 0o077).toBe(0);
    await postgres.stop();
  });

  test("recovers what was committed before a kill -9", async () => {
    using folder = scratchFolder();
    const killed = await startPostgres({ dataDir: folder.path, exitWithParent: true });
    await query(killed.databaseUrl, "create table t as select 1 as v");
    process.kill(killed.pid, "SIGKILL");
    await killed.exited;
    const next = await startPostgres({ dataDir: folder.path, exitWithParent: true });
    expect(await query(next.databaseUrl, "select v from t")).toEqual([{ v: 1 }]);
    await Promise.all([killed.stop(), next.stop()]);
  });

  test("a user's own settings win", async () => {
    using folder = scratchFolder();
    await (await start(folder.path)).stop();
    writeFileSync(join(folder.path, "postgres/postgresql.user.conf"), "work_mem = '7MB'\n");
    if (IS_ROOT) chmodSync(join(folder.path, "postgres/postgresql.user.conf"), 0o644);
    const postgres = await start(folder.path);
    expect(await query(postgres.databaseUrl, "show work_mem")).toEqual([{ work_mem: "7MB" }]);
    await postgres.stop();
  });

  test("a port that is asked for and taken is PORT_IN_USE", async () => {
    using folder = scratchFolder();
    const server = createServer();
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const failed = startPostgres({ dataDir: folder.path, exitWithParent: true, settings: QUICK, port });
    await expect(failed).rejects.toMatchObject({ code: "PORT_IN_USE" });
    server.close();
    expect(await locatePostgres(folder.path)).toBeNull();
  });

  test("a setting that PostgreSQL refuses is START_FAILED with the reason from its log", async () => {
    using folder = scratchFolder();
    const failed = startPostgres({
      dataDir: folder.path,
      exitWithParent: true,
      settings: { shared_buffers: "nonsense" },
    });
    await expect(failed).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    });
  });

  // In the server's place, which it becomes: says this on stderr, and then does nothing.
  const stuck = (line: string) => ["sh", "-c", 'echo "$0" >&2; exec sleep 600', line];
  const running = (dataDir: string) =>
    Bun.spawnSync(["pgrep", "-f", `${dataDir}/postgres`])
      .stdout.toString()
      .trim();

  test("one that can neither go on nor end for want of space is DISK_FULL at once", async () => {
    using folder = scratchFolder();
    const line = 'LOG:  could not write to file "postmaster.pid": No space left on device';
    const options = { dataDir: folder.path, exitWithParent: true, commandPrefix: stuck(line) };
    await expect(startPostgres(options)).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(running(folder.path)).toBe("");
  }, 60_000);

  test("a start that hangs can be given up", async () => {
    using folder = scratchFolder();
    const controller = new AbortController();
    const { signal } = controller;
    const failed = startPostgres({ dataDir: folder.path, exitWithParent: true, commandPrefix: stuck(""), signal });
    await until("it starts", () => existsSync(join(folder.path, "postgres.json")));
    controller.abort(new Error("changed my mind"));
    await expect(failed).rejects.toThrow("changed my mind");
    expect(existsSync(join(folder.path, "postgres.json"))).toBe(false);
  }, 60_000);

  test("a start that cannot be written down leaves no server behind", async () => {
    using folder = scratchFolder();
    await (await start(folder.path)).stop();
    mkdirSync(join(folder.path, "postgres.json.draft"));
    await expect(start(folder.path)).rejects.toMatchObject({ code: "DATA_DIR_UNUSABLE" });
    expect(running(folder.path)).toBe("");
  });

  test("the draft of a first start that was killed is swept away", async () => {
    using folder = scratchFolder();
    await (await start(folder.path)).stop();
    Bun.spawnSync(["mv", join(folder.path, "postgres"), join(folder.path, "postgres.draft-1")]);
    const postgres = await start(folder.path);
    expect(existsSync(join(folder.path, "postgres.draft-1"))).toBe(false);
    await postgres.stop();
  });
});

describe("predecessors", () => {
  test("it ends with a parent that is killed, and the next start waits for it", async () => {
    using folder = scratchFolder();
    const script =
      runScript(`const { pid } = await launcher.startPostgres({ dataDir: ${JSON.stringify(folder.path)}, exitWithParent: true });
      say({ pid }); await Bun.sleep(600_000);`);
    const { pid } = await script.next<{ pid: number }>();
    script.child.kill("SIGKILL");
    const next = await start(folder.path);
    expect(isAlive(pid)).toBe(false);
    await next.stop();
  });

  test("one that outlived its parent and its watcher is ended by the next start", async () => {
    using folder = scratchFolder();
    const script =
      runScript(`const { pid } = await launcher.startPostgres({ dataDir: ${JSON.stringify(folder.path)}, exitWithParent: true });
      say({ pid }); await Bun.sleep(600_000);`);
    const { pid } = await script.next<{ pid: number }>();
    const watchers = Bun.spawnSync(["pgrep", "-P", String(script.child.pid), "-f", `sluice-watch ${pid} `]);
    for (const watcher of watchers.stdout.toString().trim().split("\n")) process.kill(Number(watcher), "SIGKILL");
    script.child.kill("SIGKILL");
    await script.child.exited;
    expect(isAlive(pid)).toBe(true);
    const next = await start(folder.path);
    expect(isAlive(pid)).toBe(false);
    expect(await query(next.databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    await next.stop();
  });

  test("a postmaster.pid that names somebody else's process does not stop a start", async () => {
    using folder = scratchFolder();
    await (await start(folder.path)).stop();
    const other = Bun.spawn(["sleep", "600"]);
    writeFileSync(
      join(folder.path, "postgres/postmaster.pid"),
      `${other.pid}\n${join(folder.path, "postgres")}\n1\n1\n\n\n\nready\n`,
      { mode: 0o600 },
    );
    const postgres = await start(folder.path);
    expect(isAlive(other.pid)).toBe(true);
    await postgres.stop();
    other.kill();
    await other.exited;
  });

  test("one that belongs to a living process is left alone: DATA_DIR_IN_USE", async () => {
    using folder = scratchFolder();
    const postgres = await start(folder.path);
    await expect(start(folder.path)).rejects.toMatchObject({ code: "DATA_DIR_IN_USE", context: { pid: process.pid } });
    await expect(stopPostgres(folder.path)).rejects.toMatchObject({ code: "DATA_DIR_IN_USE" });
    expect(await query(postgres.databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await locatePostgres(folder.path)).toMatchObject({ pid: postgres.pid, detached: false });
    await postgres.stop();
  });

  test("a detached one outlives its parent, is shared, and is stopped by name", async () => {
    using folder = scratchFolder();
    const script =
      runScript(`const { pid } = await launcher.startPostgres({ dataDir: ${JSON.stringify(folder.path)}, exitWithParent: false });
      say({ pid });`);
    const { pid } = await script.next<{ pid: number }>();
    expect(await script.child.exited).toBe(0);
    const shared = await start(folder.path);
    expect(shared).toMatchObject({ pid, reused: true });
    expect(await query(shared.databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    await shared.stop();
    expect(await locatePostgres(folder.path)).toMatchObject({ pid, detached: true, databaseUrl: shared.databaseUrl });
    expect(await stopPostgres(folder.path)).toBe(true);
    await untilGone([pid]);
    await shared.exited;
    expect(await stopPostgres(folder.path)).toBe(false);
    expect(await locatePostgres(join(folder.path, "missing"))).toBeNull();
  });
});

describe("users", () => {
  test.skipIf(!IS_ROOT)("somebody who is not root needs nothing special", async () => {
    using folder = scratchFolder();
    const dataDir = join(folder.path, "data");
    mkdirSync(dataDir);
    chownSync(dataDir, NOBODY.uid, NOBODY.gid);
    const script = runScript(
      `const postgres = await launcher.startPostgres({ dataDir: ${JSON.stringify(dataDir)}, exitWithParent: true });
      await postgres.stop(); say({ ok: true });`,
      NOBODY,
    );
    expect(await script.next<unknown>()).toEqual({ ok: true });
    expect(await script.child.exited).toBe(0);
  });

  test.skipIf(!IS_ROOT)("root in a folder that only root may enter", async () => {
    using folder = scratchFolder();
    const locked = join(folder.path, "locked");
    mkdirSync(locked, { mode: 0o700 });
    const postgres = await start(join(locked, "data"));
    expect(await query(postgres.databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  // In a namespace that allows no further ones, root has to become somebody else, as in many containers. Its users are
  // mapped from outside, and only then a program that it starts is root inside.
  const forbidden = [
    "unshare",
    "--user",
    "sh",
    "-c",
    'until grep -q 65536 /proc/self/uid_map && grep -q 65536 /proc/self/gid_map; do sleep 0.02; done; exec sh -c "$@"',
    "sh",
    'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"',
    "sh",
  ];
  const runForbidden = async (body: string) => {
    const script = runScript(body, { prefix: forbidden });
    await until("the namespace is there", () => {
      try {
        const inside = readlinkSync(`/proc/${script.child.pid}/ns/user`);
        return inside !== readlinkSync("/proc/self/ns/user");
      } catch {
        return false;
      }
    });
    writeFileSync(`/proc/${script.child.pid}/uid_map`, "0 0 65536");
    writeFileSync(`/proc/${script.child.pid}/gid_map`, "0 0 65536");
    return script;
  };
  const canForbid = IS_ROOT && Bun.spawnSync(["unshare", "--user", "true"], { stderr: "ignore" }).success;

  test.skipIf(!canForbid)("root without namespaces runs it as nobody, twice", async () => {
    using folder = scratchFolder();
    const dataDir = join(folder.path, "data");
    for (const run of [1, 2]) {
      const script = await runForbidden(
        `const postgres = await launcher.startPostgres({ dataDir: ${JSON.stringify(dataDir)}, exitWithParent: true });
        say({ pid: postgres.pid }); await Bun.sleep(600_000);`,
      );
      const { pid } = await script.next<{ pid: number }>();
      expect([run, statSync(`/proc/${pid}`).uid]).toEqual([run, NOBODY.uid]);
      script.child.kill("SIGKILL");
      await untilGone([pid]);
    }
    expect(statSync(join(dataDir, "postgres")).uid).toBe(NOBODY.uid);
  });

  test.skipIf(!canForbid)("root without namespaces names the folder that keeps nobody out", async () => {
    using folder = scratchFolder();
    const locked = join(folder.path, "locked");
    mkdirSync(locked, { mode: 0o700 });
    const script = await runForbidden(
      `await launcher.startPostgres({ dataDir: ${JSON.stringify(join(locked, "data"))}, exitWithParent: true });`,
    );
    expect(await script.next<unknown>()).toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining(`may not enter ${locked}`),
    });
  });
});

describe("folders that cannot be used", () => {
  test("a file, a folder of other things, a damaged and a newer marker", async () => {
    using folder = scratchFolder();
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    await expect(start(file)).rejects.toMatchObject({ code: "DATA_DIR_UNUSABLE" });
    await expect(start(folder.path)).rejects.toMatchObject({
      code: "DATA_DIR_UNUSABLE",
      message: expect.stringContaining("holds other files (file)"),
    });
    const dataDir = join(folder.path, "data");
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "sluice.json"), "{");
    await expect(start(dataDir)).rejects.toMatchObject({
      code: "DATA_DIR_UNUSABLE",
      message: expect.stringContaining("damaged"),
    });
    writeFileSync(join(dataDir, "sluice.json"), '{"format":2,"createdBy":"later","createdAt":"later"}');
    await expect(start(dataDir)).rejects.toMatchObject({
      code: "DATA_DIR_UNUSABLE",
      message: expect.stringContaining("newer Sluice"),
    });
    symlinkSync("loop", join(folder.path, "loop"));
    await expect(start(join(folder.path, "loop"))).rejects.toMatchObject({ code: "DATA_DIR_UNUSABLE" });
  });

  test.skipIf(!IS_ROOT)("one that may not be written", async () => {
    using folder = scratchFolder();
    mkdirSync(join(folder.path, "data"));
    const script = runScript(
      `await launcher.startPostgres({ dataDir: ${JSON.stringify(join(folder.path, "data"))}, exitWithParent: true });`,
      NOBODY,
    );
    expect(await script.next<unknown>()).toMatchObject({
      code: "DATA_DIR_UNUSABLE",
      message: expect.stringContaining("permission denied"),
    });
  });

  // A file system of 12 MB has no room for a database, one of 60 MB none for what it writes at its start.
  for (const sizeMb of [1, 12, 60]) {
    test.skipIf(!IS_ROOT || process.platform !== "linux")(`a full disk, ${sizeMb} MB`, async () => {
      using folder = scratchFolder();
      const disk = join(folder.path, "disk");
      mkdirSync(disk);
      const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", `size=${sizeMb}m`, "tmpfs", disk]);
      expect(mounted.exitCode).toBe(0);
      try {
        if (sizeMb === 1) writeFileSync(join(disk, ".DS_Store"), Buffer.alloc(2 ** 20 - 4096));
        if (sizeMb === 60) {
          await (await start(join(disk, "data"))).stop();
          Bun.spawnSync(["sh", "-c", `dd if=/dev/zero of=${disk}/fill bs=4k 2>/dev/null`]);
          expect(() => writeFileSync(join(disk, "probe"), Buffer.alloc(8_192))).toThrow("ENOSPC");
        }
        await expect(start(join(disk, "data"))).rejects.toMatchObject({ code: "DISK_FULL" });
        await until("no server is left on it", async () => (await locatePostgres(join(disk, "data"))) === null);
      } finally {
        Bun.spawnSync(["umount", "-l", disk]);
      }
    });
  }
});
