/** What the command line says of batches on a fleet: their differences, queues, texts, and their end. */
import { afterAll, expect, test } from "bun:test";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestCluster, temporaryFolder } from "@sluice/testkit";
import { manyDocuments } from "./many-documents.ts";
import { jsonOf, runCli } from "./run-cli.ts";

const scratch = temporaryFolder();
const cluster = await startTestCluster();
const folder = join(scratch.path, "documents");
await manyDocuments(folder, 12);
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken, XDG_STATE_HOME: scratch.path };
const cli = (...args: string[]) => runCli(args, { env });
const submitted = async (...args: string[]) =>
  String(jsonOf(await cli("submit", folder, "--wait", "--json", ...args))["batchId"]);

afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

test("compare: equal batches, then a file that is gone", async () => {
  const first = await submitted("--name", "first");
  const again = await submitted("--force");
  const equal = await cli("compare", first, again);
  expect(equal).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining("12 of 12 sources that both have are equal"),
  });
  await rm(join(folder, "00003.pdf"));
  const later = await submitted("--force");
  const answer = await cli("compare", first, later, "--json");
  expect(answer.exit).toBe(1);
  const { differences, summary } = jsonOf(answer) as {
    differences: { uri: string; changes: string[] }[];
    summary: object;
  };
  expect(differences.find(({ uri }) => uri.endsWith("/00003.pdf"))?.changes).toEqual(["left_only"]);
  expect(summary).toMatchObject({ leftItems: 12, rightItems: 11, both: 11 });
  const shown = await cli("compare", first, later);
  expect(shown.stdout.split("\n")[0]).toEndWith("/00003.pdf  not in the right one");
  expect((await cli("compare", first, later, "--limit", "0")).stdout).toStartWith("and 1 more difference\n");
});

test("compare --labels: what became what, and the documents behind it; nothing where nothing did", async () => {
  const judged = async (money: string, talk: string) => {
    const taxonomy = join(scratch.path, `${money}.json`);
    const categories = [
      { id: money, name: money, description: "Invoice: total amount due, payment." },
      { id: talk, name: talk, description: "A letter: dear, regards." },
    ];
    await writeFile(taxonomy, JSON.stringify({ name: money, categories }));
    return await submitted("--force", "--taxonomy", taxonomy, "--min-confidence", "0");
  };
  const first = await judged("money", "talk");
  const again = await judged("money", "talk");
  const other = await judged("cash", "talk");
  const equal = await cli("compare", first, again, "--labels");
  expect(equal).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^same label 100\.0 % .*, 11 of 11\n$/) });
  const answer = await cli("compare", first, other, "--labels", "--from", "money", "--json");
  expect(answer.exit).toBe(1);
  const { moves, documents, ...counts } = jsonOf(answer) as {
    moves: { left: string; right: string; items: number }[];
    documents: { left: { category: string } }[];
  };
  const items = moves.find(({ left, right }) => left === "money" && right === "cash")?.items ?? 0;
  expect(items).toBeGreaterThan(0);
  expect(counts).toMatchObject({ both: 11, more: false });
  expect(documents.map(({ left }) => left.category)).toEqual(Array.from({ length: items }, () => "money"));
  const shown = await cli("compare", first, other, "--labels", "--limit", "1");
  expect(shown.stdout).toContain(`  money → cash: ${items}\n`);
  expect(shown.stdout).toMatch(/00000\.pdf {2}\w+ \(\d\.\d\d\) → \w+/);
  expect(await cli("compare", first, other, "--from", "money")).toMatchObject({ exit: 2 });
});

test("text: all pages, one page, and an item that is none", async () => {
  const all = await cli("text", "latest/0");
  expect(all.stdout.split("\f")).toHaveLength(3);
  expect(all.stdout).toStartWith("Document 0");
  expect((await cli("text", "latest/0", "--page", "2")).stdout).not.toContain("Document 0");
  expect(jsonOf(await cli("text", "latest/0", "--json"))).toMatchObject({ ordinal: 0, pages: { length: 3 } });
  expect(jsonOf(await cli("text", "latest", "--json"))).toMatchObject({ error: { code: "USAGE" }, exit: 2 });
});

test("queues and workers: what waits, who is there", async () => {
  expect((await cli("queues")).stdout).toMatch(/^extract \(.*\): 0 shards waiting, 0 at work\n {2}0 of 1 slot busy\n/);
  const { queues } = jsonOf(await cli("queues", "--json")) as { queues: object[] };
  expect(queues[0]).toMatchObject({ stage: "extract", slots: 1, workers: [{ live: true }] });
  expect((await cli("workers")).stdout).toMatch(/http:\/\/.* +0\/1 +.* +live\n1 worker, 1 slot\n$/);
});

test("replay --remote: a worker reads the item again", async () => {
  const answer = jsonOf(await cli("replay", "latest/0", "--remote", "--json"));
  expect(answer).toMatchObject({ item: { ordinal: 0 }, replay: { outcome: "extracted", pages: 3 }, sameSource: true });
});

test("batches by name, and delete: asks first, and then it is gone", async () => {
  const { batches } = jsonOf(await cli("batches", "--name", "FIRST", "--json")) as { batches: { batchId: string }[] };
  expect(batches).toHaveLength(1);
  const batchId = batches[0]?.batchId ?? "";
  const asked = await cli("delete", batchId);
  expect(asked).toMatchObject({ exit: 2, stderr: expect.stringContaining("(first)") });
  expect((await cluster.client.getBatch(batchId)).state).toBe("done");
  expect((await cli("delete", batchId, "--yes")).exit).toBe(0);
  await expect(cluster.client.getBatch(batchId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(jsonOf(await cli("audit", "latest", "--json"))).toMatchObject({ balanced: true });
});
