import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { openDataDir } from "../src/index.ts";
import { IS_ROOT, NOBODY, runScript, scratchFolder } from "./scratch.ts";

describe("openDataDir", () => {
  test("makes the folders, for their owner only", async () => {
    using folder = scratchFolder();
    await using dataDir = await openDataDir(join(folder.path, "a/b"));
    expect(dataDir.path).toBe(realpathSync(join(folder.path, "a/b")));
    for (const name of ["sluice.json", "run.lock", "logs", "spool"])
      expect(existsSync(join(dataDir.path, name))).toBe(true);
    expect(Bun.spawnSync(["ls", "-ld", dataDir.path]).stdout.toString()).toStartWith("drwx------");
  });

  test("one holder at a time, told by process and command, under whatever name", async () => {
    using folder = scratchFolder();
    const path = join(folder.path, "data");
    const holder = await openDataDir(path);
    symlinkSync("data", join(folder.path, "alias"));
    await expect(openDataDir(join(folder.path, "alias"))).rejects.toMatchObject({
      code: "DATA_DIR_IN_USE",
      context: { pid: process.pid },
    });
    const other = runScript(`await launcher.openDataDir(${JSON.stringify(path)});`);
    expect(await other.next<unknown>()).toMatchObject({
      code: "DATA_DIR_IN_USE",
      message: expect.stringContaining(`process ${process.pid} (`),
    });
    await holder.close();
    await holder.close();
    await using next = await openDataDir(path);
    expect(next.path).toBe(realpathSync(path));
  });

  test("a holder that was killed holds nothing", async () => {
    using folder = scratchFolder();
    const holder = runScript(
      `await launcher.openDataDir(${JSON.stringify(folder.path)}); say({}); await Bun.sleep(600_000);`,
    );
    await holder.next();
    await expect(openDataDir(folder.path)).rejects.toMatchObject({ context: { pid: holder.child.pid } });
    holder.child.kill("SIGKILL");
    await holder.child.exited;
    await using dataDir = await openDataDir(folder.path);
    expect(existsSync(dataDir.layout.holder)).toBe(true);
  });

  test("of many that race for it, one wins", async () => {
    using folder = scratchFolder();
    const path = join(folder.path, "data");
    const racers = Array.from({ length: 4 }, () =>
      runScript(`await launcher.openDataDir(${JSON.stringify(path)}); say({ code: "won" }); await Bun.sleep(600_000);`),
    );
    const codes = await Promise.all(racers.map(async (racer) => (await racer.next<{ code: string }>()).code));
    for (const racer of racers) racer.child.kill("SIGKILL");
    await Promise.all(racers.map((racer) => racer.child.exited));
    expect(codes.sort()).toEqual(["DATA_DIR_IN_USE", "DATA_DIR_IN_USE", "DATA_DIR_IN_USE", "won"]);
  });

  test("the holder's command is shown without its secrets", async () => {
    using folder = scratchFolder();
    const script = join(folder.path, "hold.ts");
    await Bun.write(
      script,
      `import { openDataDir } from ${JSON.stringify(join(import.meta.dir, "../src/index.ts"))};
       await openDataDir(${JSON.stringify(join(folder.path, "data"))}); console.log("held"); await Bun.sleep(600_000);`,
    );
    const holder = Bun.spawn(
      [process.execPath, script, "classify", "--token", "hush1", "--database-url=hush2", "DIR"],
      {
        stdout: "pipe",
      },
    );
    await holder.stdout.getReader().read();
    const error: Error = await openDataDir(join(folder.path, "data")).then(
      () => new Error("it could be opened"),
      (caught: Error) => caught,
    );
    holder.kill("SIGKILL");
    await holder.exited;
    expect(error.message).toContain("classify --token … --database-url=… DIR");
  });

  test.skipIf(!IS_ROOT)("a folder below one that may not be entered", async () => {
    using folder = scratchFolder();
    mkdirSync(join(folder.path, "locked"));
    chmodSync(join(folder.path, "locked"), 0o700);
    const script = runScript(
      `await launcher.openDataDir(${JSON.stringify(join(folder.path, "locked/data"))});`,
      NOBODY,
    );
    expect(await script.next<unknown>()).toMatchObject({ code: "DATA_DIR_UNUSABLE" });
  });
});
