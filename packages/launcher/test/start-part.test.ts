import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, startWorker, type StartWorkerOptions } from "../src/index.ts";
import { runScript, scratchFolder, until, untilGone } from "./scratch.ts";

const APPS = join(import.meta.dir, "fixture-apps");

function start(folder: string, fixture: string, options: Partial<StartWorkerOptions> = {}) {
  return startWorker({
    coordinators: ["http://127.0.0.1:1"],
    token: "t".repeat(16),
    appsDir: APPS,
    log: { file: join(folder, "worker.log") },
    ...options,
    environment: { FIXTURE: fixture, ...options.environment },
  });
}

const log = (folder: string) => readFileSync(join(folder, "worker.log"), "utf8");

describe("startPart", () => {
  test("waits for the ready line, and stops it", async () => {
    using folder = scratchFolder();
    const part = await start(folder.path, "good");
    expect(part.url).toBe("http://127.0.0.1:1");
    expect(isAlive(part.pid)).toBe(true);
    await part.stop();
    expect(isAlive(part.pid)).toBe(false);
    expect(await part.exited).toMatchObject({ exitCode: 0 });
  });

  test("passes on the app's own error, whose code may be unknown", async () => {
    using folder = scratchFolder();
    const refused = (code: string) => start(folder.path, "refuses", { environment: { FIXTURE_CODE: code } });
    await expect(refused("SCHEMA_NEWER")).rejects.toMatchObject({
      code: "SCHEMA_NEWER",
      message: "the worker did not start: for a reason",
    });
    await expect(refused("OF_THE_FUTURE")).rejects.toMatchObject({ code: "START_FAILED" });
  });

  test("a death without a word is START_FAILED with the log's last lines, of this start alone", async () => {
    using folder = scratchFolder();
    writeFileSync(join(folder.path, "worker.log"), "of an earlier start\n");
    const error: Error = await start(folder.path, "dies").then(
      () => new Error("it started"),
      (caught: Error) => caught,
    );
    expect(error).toMatchObject({ code: "START_FAILED" });
    expect(error.message).toContain("ended with code 7");
    expect(error.message).toContain("first\nlast words");
    expect(error.message).not.toContain("earlier");
  });

  test("no ready line in time, or another line in its place, and it is not left running", async () => {
    using folder = scratchFolder();
    const silent = start(folder.path, "silent", { readyTimeoutMs: 300 });
    await expect(silent).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining("not ready after 0.3 s"),
    });
    await expect(start(folder.path, "babbles")).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining("no ready line"),
    });
    const left = Bun.spawnSync(["pgrep", "-P", String(process.pid), "-f", APPS]);
    expect(left.stdout.toString()).toBe("");
  });

  test("a start can be given up", async () => {
    using folder = scratchFolder();
    const controller = new AbortController();
    const started = start(folder.path, "silent", { signal: controller.signal });
    controller.abort(new Error("no longer wanted"));
    await expect(started).rejects.toThrow("no longer wanted");
  });

  test("nothing of our environment reaches it but what is given", async () => {
    using folder = scratchFolder();
    const script = runScript(
      `process.chdir(${JSON.stringify(folder.path)}); process.env.AWS_SECRET_ACCESS_KEY = "leak";
      const part = await launcher.startWorker({ coordinators: ["http://c:1"], token: "the-token-of-16-chars", appsDir: ${JSON.stringify(APPS)},
        log: { file: "worker.log" }, environment: { FIXTURE: "tells-environment", LEFT_OUT: undefined } });
      await part.stop(); say({});`,
    );
    writeFileSync(join(folder.path, ".env"), "FROM_A_FILE=leak\n");
    await script.next();
    const environment = JSON.parse(log(folder.path).split("\n")[0] ?? "") as Record<string, string>;
    expect(environment).toMatchObject({
      SLUICE_COORDINATORS: "http://c:1",
      SLUICE_TOKEN: "the-token-of-16-chars",
      SLUICE_EXIT_WITH_PARENT: "1",
    });
    expect(JSON.stringify(environment)).not.toContain("leak");
    expect(Object.keys(environment)).not.toContain("LEFT_OUT");
  });

  test("an app that writes on stdout for ever is not blocked", async () => {
    using folder = scratchFolder();
    const part = await start(folder.path, "floods");
    await until("it has written all", () => log(folder.path).includes("flooded"));
    await part.stop();
  });

  test("what a killed part leaves in its group is cleared away by stop", async () => {
    using folder = scratchFolder();
    const part = await start(folder.path, "stubborn");
    const child = Number(log(folder.path).trim());
    process.kill(part.pid, "SIGKILL");
    expect(await part.exited).toMatchObject({ signal: "SIGKILL" });
    expect(isAlive(child)).toBe(true);
    await part.stop();
    await untilGone([child]);
  });

  test("one that ignores its parent's death is ended with all its children", async () => {
    using folder = scratchFolder();
    const script = runScript(
      `const part = await launcher.startWorker({ coordinators: [], token: "", appsDir: ${JSON.stringify(APPS)},
        log: { file: ${JSON.stringify(join(folder.path, "worker.log"))} }, environment: { FIXTURE: "stubborn" } });
      say({ pid: part.pid }); await Bun.sleep(600_000);`,
    );
    const { pid } = await script.next<{ pid: number }>();
    const child = Number(log(folder.path).trim());
    script.child.kill("SIGKILL");
    await untilGone([pid, child]);
  });

  test("an incomplete installation is named", async () => {
    using folder = scratchFolder();
    mkdirSync(join(folder.path, "apps"));
    const missing = start(folder.path, "good", { appsDir: join(folder.path, "apps") });
    await expect(missing).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining("worker/src/main.ts"),
    });
  });
});

test("extractOnce hands through arguments, streams and the exit code", async () => {
  const source = `import { extractOnce } from ${JSON.stringify(join(import.meta.dir, "../src/index.ts"))};
    process.exit(await extractOnce({ args: ["a b.pdf", "--pages", "3-5"], appsDir: ${JSON.stringify(APPS)} }));`;
  const run = Bun.spawn([process.execPath, "-e", source], { stdin: new Blob(["from stdin"]), stdout: "pipe" });
  expect(await run.stdout.text()).toBe("a b.pdf --pages 3-5\nfrom stdin");
  expect(await run.exited).toBe(3);
});
