/** The watching commands as somebody in front of a terminal sees them: frames that fit, and a terminal left as it was. */
import { afterAll, describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { startTestCluster, temporaryFolder, waitUntil } from "@sluice/testkit";
import { manyDocuments } from "./many-documents.ts";
import { runCli } from "./run-cli.ts";

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const scratch = temporaryFolder();
const cluster = await startTestCluster();
const { client } = cluster;
const folder = join(scratch.path, "documents");
await manyDocuments(folder, 400);
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken };

afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

const ENTER = "\u001b[?1049h";
const LEAVE = "\u001b[?1049l";
const FRAME = "\u001b[?2026h\u001b[H";

/** The CLI on a terminal of its own. */
function onTerminal(args: readonly string[], size: { cols: number; rows: number }) {
  let output = "";
  const decoder = new TextDecoder();
  const child = Bun.spawn([process.execPath, MAIN, ...args], {
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LANG: "C.UTF-8", TERM: "xterm-256color", ...env },
    terminal: { ...size, data: (_terminal, bytes) => void (output += decoder.decode(bytes, { stream: true })) },
  });
  return {
    child,
    output: () => output,
    /** The lines of each frame so far, without what moves and colours. */
    frames: () =>
      output
        .split(FRAME)
        .slice(1)
        // oxlint-disable-next-line no-control-regex -- finding escape sequences is what it is for
        .map((frame) => (frame.split(LEAVE)[0] ?? "").replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "").split("\r\n")),
    resize: (cols: number, rows: number) => child.terminal?.resize(cols, rows),
  };
}

const widest = (frame: readonly string[]) => Math.max(...frame.map((line) => Bun.stringWidth(line)));

describe("on a terminal", () => {
  test("status --watch follows a batch to its end in frames that fit, and gives the terminal back", async () => {
    const { batch } = await client.submitDirectory(folder, { name: "watched", options: { force: true } });
    await client.pauseBatch(batch.batchId);
    const watch = onTerminal(["status", batch.batchId, "--watch"], { cols: 90, rows: 20 });
    await waitUntil("the batch is shown", () => watch.frames().some((frame) => frame.join().includes("watched")));
    const before = watch.frames().length;
    expect(Math.max(...watch.frames().map(widest))).toBeLessThanOrEqual(90);
    watch.resize(34, 7);
    await waitUntil("it is drawn anew", () => watch.frames().length > before);
    await client.resumeBatch(batch.batchId);
    expect(await watch.child.exited).toBe(0);
    const narrow = watch.frames().slice(before);
    expect(Math.max(...narrow.map(widest))).toBeLessThanOrEqual(34);
    expect(Math.max(...narrow.map((frame) => frame.length))).toBeLessThanOrEqual(7);
    const [, after = ""] = watch.output().split(LEAVE);
    expect(watch.output()).toStartWith(ENTER);
    expect(after).toContain(`batch ${batch.batchId} done: watched`);
  });

  test("batches --watch shows all of them until Ctrl-C", async () => {
    for (const name of ["one", "two", "three"]) await client.submitDirectory(folder, { name });
    const watch = onTerminal(["batches", "--watch"], { cols: 70, rows: 6 });
    await waitUntil("the list is shown", () => watch.frames().some((frame) => frame.join().includes("three")));
    // Two lines of batches have room in six rows; the rest is counted.
    expect(watch.frames().at(-1)?.join("\n")).toMatch(/ and \d+ more|^and \d+ more/m);
    watch.child.terminal?.write("\u0003");
    expect(await watch.child.exited).toBe(0);
    expect(watch.output()).toEndWith(LEAVE);
  });

  test("a signal that ends it at once leaves no terminal without a cursor", async () => {
    const watch = onTerminal(["batches", "--watch"], { cols: 70, rows: 6 });
    await waitUntil("it is drawn", () => watch.frames().length > 0);
    watch.child.kill("SIGTERM");
    watch.child.kill("SIGTERM");
    await watch.child.exited;
    expect(watch.output()).toContain("\u001b[?25h");
  });
});

describe("in a pipe", () => {
  test("nothing but lines, each change once", async () => {
    const { batch } = await client.submitDirectory(folder, { name: "piped", options: { force: true } });
    const result = await runCli(["status", batch.batchId, "--watch"], { env });
    expect(result.exit).toBe(0);
    expect(result.stdout).toStartWith(`batch ${batch.batchId} done: piped\n`);
    expect(result.stdout + result.stderr).not.toContain("\u001b");
  });
});
