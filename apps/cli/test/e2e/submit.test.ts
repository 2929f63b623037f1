/** `submit`: documents handed in to a fleet by clients that come, go, and die. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { displayUri, fileUri } from "@sluice/contracts";
import { tarOf, zipOf } from "@sluice/sources/make-archive";
import { makePdf, startTestCluster, temporaryFolder, waitUntil } from "@sluice/testkit";
import { businessFolder } from "./business-folder.ts";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const scratch = temporaryFolder();
const cluster = await startTestCluster({ coordinatorEnvironment: { SLUICE_BLOBS: join(scratch.path, "blobs") } });
const { client } = cluster;
const folder = join(scratch.path, "documents");
await businessFolder(folder);
const env = {
  SLUICE_SERVER: cluster.url,
  SLUICE_TOKEN: cluster.adminToken,
  XDG_STATE_HOME: join(scratch.path, "state"),
};
const submissions = join(scratch.path, "state/sluice/submissions");

afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

describe("submit", () => {
  test("hands in and goes; the batch is read without it", async () => {
    const answer = jsonOf(await runCli(["submit", folder, "--name", "mine", "--json"], { env }));
    expect(answer).toMatchObject({ items: 7, resumedAt: 0, batch: { name: "mine", state: "sealed" }, exit: 0 });
    const { batchId } = answer["batch"] as { batchId: string };
    expect(await client.waitForBatch(batchId)).toMatchObject({ state: "done", extract: { failed: 2 } });
    expect(await readdir(submissions)).toEqual([]);
  });

  test("--wait gives the report of classify, and its exit code", async () => {
    const result = await runCli(["submit", folder, "--wait", "--json"], { env });
    expect(jsonOf(result)).toMatchObject({ documents: 7, failed: 2, unchanged: 5, interrupted: false, exit: 1 });
    expect(result.exit).toBe(1);
    const shown = await runCli(["submit", folder, "--wait"], { env });
    expect(shown.stdout).toContain("7 documents done");
  });

  test("a person is told how to follow it", async () => {
    const { stdout, exit } = await runCli(["submit", folder], { env });
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^batch [0-9a-f-]{36} (sealed|done): 7 items handed in\n {2}.*status [0-9a-f-]{36} --watch/);
  });

  test("needs something that runs, and says so", async () => {
    const nowhere = await runCli(["submit", folder, "--json", "--data-dir", join(scratch.path, "nothing")]);
    expect(jsonOf(nowhere)).toMatchObject({ error: { code: "UNREACHABLE" }, exit: 3 });
  });
});

test("--upload: the bytes go along, equal ones once", async () => {
  const inbox = join(scratch.path, "inbox");
  await mkdir(join(inbox, "sub"), { recursive: true });
  await writeFile(join(inbox, "sub", "a b.pdf"), "first");
  await writeFile(join(inbox, "copy.pdf"), "first");
  const answer = jsonOf(await runCli(["submit", "inbox", "--upload", "--json"], { env, cwd: scratch.path }));
  expect(answer).toMatchObject({ items: 2, exit: 0 });
  const { batchId } = answer["batch"] as { batchId: string };
  const uris = await Array.fromAsync(client.items(batchId), ({ uri }) => uri);
  const hash = new Bun.CryptoHasher("sha256").update("first").digest("hex");
  expect(uris).toEqual([`upload://${hash}/inbox/copy.pdf`, `upload://${hash}/inbox/sub/a%20b.pdf`]);
  // The same once more: nothing is new to the server, and the batch is another one.
  const again = jsonOf(await runCli(["submit", "inbox", "--upload", "--json"], { env, cwd: scratch.path }));
  expect(again).toMatchObject({ items: 2, resumedAt: 0 });
});

test("--upload: archives once with all their members, sub-folders, and names of all kinds, from a list on stdin", async () => {
  const box = join(scratch.path, "box");
  await mkdir(join(box, "sub", "deep er"), { recursive: true });
  const pdf = (text: string) => Buffer.from(makePdf({ pages: [text] }));
  const members = [
    { name: "in/ein Brief.pdf", bytes: pdf("a letter") },
    { name: "in/日本語.pdf", bytes: pdf("another letter") },
  ];
  await writeFile(join(box, "sub", "papers.zip"), zipOf(members));
  await writeFile(join(box, "sub", "deep er", "papers.tar"), await tarOf([{ name: "t.pdf", bytes: pdf("in a tar") }]));
  await writeFile(join(box, "new\nline.pdf"), pdf("two lines"));
  await writeFile(join(box, "#ñ%20 '\".pdf"), pdf("odd"));
  const kept = join(scratch.path, "blobs");
  await mkdir(kept, { recursive: true });
  const blobs = () => Array.from(new Bun.Glob("**/*").scanSync(kept));
  const before = new Set(blobs());
  const list = [join(box, "sub"), join(box, "new\nline.pdf"), join(box, "#ñ%20 '\".pdf")].map((name) => `${name}\0`);
  const command = ["submit", "--from-file", "-", "--upload", "--wait", "--json"];
  const report = jsonOf(await runCli(command, { env, cwd: scratch.path, stdin: list.join("") }));
  expect(report).toMatchObject({ documents: 5, succeeded: 5, failed: 0, listingProblemCount: 0, exit: 0 });
  const names = await Array.fromAsync(client.items(String(report["batchId"])), ({ uri }) => displayUri(uri));
  expect(names).toEqual([
    "upload:box/sub/deep er/papers.tar#/t.pdf",
    "upload:box/sub/papers.zip#/in/ein Brief.pdf",
    "upload:box/sub/papers.zip#/in/日本語.pdf",
    "upload:box/new\\u000aline.pdf",
    "upload:box/#ñ%20 '\".pdf",
  ]);
  expect(blobs().filter((name) => !before.has(name))).toHaveLength(4);
  // Once more: the members are known by their archive.
  const again = jsonOf(await runCli(command, { env, cwd: scratch.path, stdin: list.join("") }));
  expect(again).toMatchObject({ documents: 5, unchanged: 5, succeeded: 0 });
  // Nothing lies on this machine for a replay: a worker reads it.
  const replayed = await runCli(["replay", `${String(report["batchId"])}/1`], { env });
  expect(replayed.stdout).toMatch(
    /^upload:.*Brief\.pdf {2}\(item 1 of batch [0-9a-f-]{36}\)\n.*SHA-256 [0-9a-f]{64}\n/,
  );
  expect(replayed).toMatchObject({ exit: 0, stdout: expect.stringContaining("now:  read: 1 page") });
}, 60_000);

test("--upload: a client killed in the middle of a large file goes on where its bytes stand, and sends no other twice", async () => {
  const MB = 1 << 20;
  const large = join(scratch.path, "large");
  await mkdir(large);
  for (let index = 0; index < 8; index += 1) await writeFile(join(large, `a${index}`), randomBytes(MB));
  await writeFile(join(large, "z.bin"), randomBytes(160 * MB));
  using link = countedLink(Number(new URL(cluster.url).port));
  const through = { ...env, SLUICE_SERVER: `http://127.0.0.1:${link.port}` };
  const command = ["submit", large, "--upload", "--name", "large", "--json"];
  const run = spawnCli(command, { env: through });
  await waitUntil("half of it is sent", () => link.sentBytes > 100 * MB, { timeoutMs: 60_000 });
  run.kill("SIGKILL");
  await run.exited;
  const before = link.sentBytes;
  expect(before).toBeLessThan(160 * MB);
  expect(await readdir(submissions)).toHaveLength(1);
  const last = jsonOf(await runCli(command, { env: through }));
  expect(last).toMatchObject({ items: 9, exit: 0 });
  // A piece may be lost, of 16 MB at the server; a file that was on its way may come again.
  expect(link.sentBytes).toBeLessThan(168 * MB + 40 * MB);
  expect(link.sentBytes - before).toBeGreaterThan(40 * MB);
  const { batchId } = last["batch"] as { batchId: string };
  const items = await Array.fromAsync(client.items(batchId));
  expect(items.map(({ uri }) => uri.slice(-5)).at(-1)).toBe("z.bin");
  expect(await readdir(submissions)).toEqual([]);
  await client.waitForBatch(batchId);
}, 180_000);

test("a client that dies while the coordinator lists is not missed; the same command again takes its place", async () => {
  let down = true;
  await using web = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (down && pathname !== "/1.pdf") return new Response(null, { status: 503 });
      const bytes = makePdf({ pages: [pathname] });
      return new Response(new Uint8Array(bytes), { headers: { etag: `"${pathname}"` } });
    },
  });
  const environment = {
    SLUICE_HTTP_HOSTS: `127.0.0.1:${web.port}`,
    SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
    SLUICE_SOURCE_RETRY_SECONDS: "0.2",
  };
  await using other = await startTestCluster({ coordinatorEnvironment: environment, workerEnvironment: environment });
  const place = { ...env, SLUICE_SERVER: other.url, SLUICE_TOKEN: other.adminToken };
  const sources = [1, 2, 3].map((number) => `http://127.0.0.1:${web.port}/${number}.pdf`);
  const dieListing = async () => {
    const before = (await other.client.listBatches()).length;
    const run = spawnCli(["submit", ...sources, "--wait", "--json"], { env: place });
    const batch = await waitUntil("it lists", async () => {
      const [newest, ...more] = await other.client.listBatches();
      return more.length === before && newest?.listing?.waiting != null ? newest : null;
    });
    run.kill("SIGKILL");
    await run.exited;
    return batch.batchId;
  };
  const first = await dieListing();
  const second = await dieListing();
  expect(await other.client.getBatch(first)).toMatchObject({ state: "cancelled" });
  down = false;
  expect(await other.client.waitForBatch(second)).toMatchObject({ state: "done", items: 3, listing: { done: 3 } });
  const again = jsonOf(await runCli(["submit", ...sources, "--wait", "--json"], { env: place }));
  expect(again).toMatchObject({ documents: 3, unchanged: 3, failed: 0, exit: 0 });
  for (const { batchId } of await other.client.listBatches()) {
    expect((await other.client.audit(batchId)).balanced).toBe(true);
  }
}, 120_000);

test("a client killed ten times on the way: every source is in the batch once, in its place", async () => {
  const COUNT = 20_000;
  const many = join(scratch.path, "many");
  await emptyFiles(many, COUNT);
  const command = ["submit", many, "--name", "killed", "--classifier", "none", "--json"];
  let killedOnTheWay = 0;
  for (let kills = 0; kills < 10; kills += 1) {
    const before = await openItems("killed");
    const run = spawnCli(command, { env });
    // Three die when they have just handed in a chunk, the others wherever they are by then.
    if (kills % 3 === 2) await waitUntil("a chunk is stored", async () => (await openItems("killed")) > before);
    else await Bun.sleep(200 + 60 * kills);
    expect(run.exitCode).toBeNull();
    run.kill("SIGKILL");
    await run.exited;
    const items = await openItems("killed");
    if (items > 0 && items < COUNT) killedOnTheWay += 1;
  }
  expect(killedOnTheWay).toBeGreaterThanOrEqual(3);

  const last = jsonOf(await runCli(command, { env }));
  expect(last).toMatchObject({ items: COUNT, listing: { problemCount: 0 } });
  expect(last["resumedAt"]).toBeGreaterThan(0);
  const { batchId } = last["batch"] as { batchId: string };
  await client.waitForBatch(batchId);
  const uris = await Array.fromAsync(client.results(batchId), ({ uri }) => uri);
  const names = (await readdir(many)).sort();
  expect(uris).toEqual(names.map((name) => fileUri(join(many, name))));
  expect((await client.audit(batchId)).balanced).toBe(true);
  const unfinished = (await client.listBatches()).filter(({ state }) => state === "open" || state === "sealed");
  expect(unfinished).toEqual([]);
}, 180_000);

test("other files than those of the submission that broke off: it is handed in anew, and the old batch ends", async () => {
  const moving = join(scratch.path, "moving");
  await emptyFiles(moving, 12_000);
  const command = ["submit", moving, "--name", "moving", "--classifier", "none", "--json"];
  const run = spawnCli(command, { env });
  await waitUntil(
    "a chunk is stored",
    async () => (await readdir(submissions).catch(() => [])).length > 0 && (await openItems("moving")) > 0,
  );
  run.kill("SIGKILL");
  await run.exited;
  const [old] = await client.listBatches({ limit: 1 });
  // The count stays the same, and the last name does: only the names in between tell.
  await rm(join(moving, "000010.pdf"));
  await writeFile(join(moving, "000009b.pdf"), "");
  const last = jsonOf(await runCli(command, { env }));
  expect(last).toMatchObject({ items: 12_000, resumedAt: 0, superseded: [old?.batchId] });
  expect(await client.getBatch(old?.batchId ?? "")).toMatchObject({ state: "cancelled" });
}, 120_000);

/** A way to a port that says how many bytes clients have sent over it. */
function countedLink(port: number) {
  let sentBytes = 0;
  const server = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    from.on("data", (chunk) => (sentBytes += chunk.length));
    from.on("error", () => to.destroy()).on("close", () => to.destroy());
    to.on("error", () => from.destroy()).on("close", () => from.destroy());
    from.pipe(to).pipe(from);
  }).listen(0, "127.0.0.1");
  return {
    get port() {
      return (server.address() as AddressInfo).port;
    },
    get sentBytes() {
      return sentBytes;
    },
    [Symbol.dispose]: () => void server.close(),
  };
}

async function openItems(name: string): Promise<number> {
  const batches = await client.listBatches({ limit: 3 });
  return batches.find((batch) => batch.name === name && batch.state === "open")?.items ?? 0;
}

async function emptyFiles(path: string, count: number): Promise<void> {
  await mkdir(path);
  for (let index = 0; index < count; index += 1) {
    await writeFile(join(path, `${String(index).padStart(6, "0")}.pdf`), "");
  }
}
