import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "sluice-run-app-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process whose app starts as `start` says (an expression for a promise of the app). */
function appProcess(start: string, { exitWithParent = false } = {}) {
  const path = join(folder, `${crypto.randomUUID()}.ts`);
  const library = join(import.meta.dir, "..", "src", "index.ts");
  writeFileSync(
    path,
    `import { runApp } from ${JSON.stringify(library)};
     setInterval(() => {}, 1000);
     await runApp({ name: "test", exitWithParent: ${exitWithParent}, start: () => { console.error("starting"); return ${start}; } });`,
  );
  return Bun.spawn([process.execPath, path], { stdin: "pipe", stdout: "pipe", stderr: "pipe" });
}

const STARTED = `Promise.resolve({ url: "http://127.0.0.1:1", stop: async () => console.log("stopped") })`;

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk);
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}

describe("runApp", () => {
  test("announces itself, and stops when it is told to", async () => {
    const app = appProcess(STARTED);
    const lines = app.stdout.values();
    const first = await lines.next();
    expect(JSON.parse(new TextDecoder().decode(first.value))).toMatchObject({ ready: true, pid: app.pid });
    app.kill("SIGTERM");
    const last = await lines.next();
    expect(new TextDecoder().decode(last.value)).toBe("stopped\n");
    expect(await app.exited).toBe(0);
  });

  test("a second signal ends it at once, with that signal's code", async () => {
    const app = appProcess(
      `Promise.resolve({ url: "http://127.0.0.1:1", stop: () => { console.log("stopping"); return new Promise(() => {}); } })`,
    );
    const lines = app.stdout.values();
    await lines.next();
    app.kill("SIGTERM");
    expect(new TextDecoder().decode((await lines.next()).value)).toBe("stopping\n");
    app.kill("SIGINT");
    expect(await app.exited).toBe(130);
  });

  test("a stop that fails, or takes longer than the app allows itself, ends with 1", async () => {
    const stops = ["() => Promise.reject(new Error('no'))", "() => new Promise(() => {}), stopTimeoutMs: 50"];
    for (const stop of stops) {
      const app = appProcess(`Promise.resolve({ url: "http://127.0.0.1:1", stop: ${stop} })`);
      await firstLine(app.stdout);
      app.kill("SIGTERM");
      expect(await app.exited).toBe(1);
    }
  });

  test("ends with its parent, whose end closes stdin", async () => {
    const app = appProcess(STARTED, { exitWithParent: true });
    await app.stdin.end();
    expect(await app.exited).toBe(0);
    expect(await app.stdout.text()).toContain("stopped");
  });

  test("told to stop while it starts, it does not wait for the start", async () => {
    const app = appProcess("new Promise(() => {})");
    expect(await firstLine(app.stderr)).toBe("starting");
    app.kill("SIGTERM");
    expect(await app.exited).toBe(0);
    expect(await app.stdout.text()).toBe("");
  });

  test("a failed start says its code on stdout; a full disk is one", async () => {
    const app = appProcess(`Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }))`);
    expect(await app.exited).toBe(1);
    expect(JSON.parse(await app.stdout.text())).toEqual({ ready: false, code: "DISK_FULL", message: "no space left" });
  });
});
