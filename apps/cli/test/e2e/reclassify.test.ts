/** `reclassify`: documents that are stored are judged anew, and none is read again. */
import { afterAll, expect, test } from "bun:test";
import { readdir, rm, writeFile } from "node:fs/promises";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { startTestCluster, temporaryFolder } from "@sluice/testkit";
import { businessFolder } from "./business-folder.ts";
import type { BatchStatus, ResultRow } from "@sluice/contracts";
import { runCli } from "./run-cli.ts";

const SAMPLES = join(import.meta.dir, "../../../../packages/testkit/samples/documents");

const scratch = temporaryFolder();
const cluster = await startTestCluster();
const folder = join(scratch.path, "documents");
await businessFolder(folder);
cpSync(SAMPLES, join(folder, "samples"), { recursive: true });
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken, XDG_STATE_HOME: scratch.path };
const cli = (...args: string[]) => runCli(args, { env });
const first = JSON.parse((await cli("submit", folder, "--wait", "--json")).stdout) as { batchId: string };

afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

const resultsOf = async (batch: string) =>
  (await cli("results", batch)).stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ResultRow)
    .map(({ path, classifyState, category, confidence, terms }) => ({
      path,
      classifyState,
      category,
      confidence,
      terms,
    }));

test("stored text gets the very label that it got when it was read", async () => {
  // A mark that no label is near makes it another standard, so that nothing is known of it.
  const { stdout } = await cli("reclassify", first.batchId, "--min-confidence", "0.6500001", "--wait", "--json");
  const anew = JSON.parse(stdout) as { batch: BatchStatus };
  expect(anew).toMatchObject({ reclassifies: first.batchId, batch: { state: "done" } });
  const read = (await resultsOf(first.batchId)).filter((row) => row.classifyState !== "none");
  expect(read.filter((row) => row.classifyState === "classified").length).toBeGreaterThan(10);
  expect(await resultsOf(anew.batch.batchId)).toEqual(read);
});

test("by another taxonomy, without the files, and held against the first one", async () => {
  const taxonomy = join(scratch.path, "mine.yaml");
  await writeFile(
    taxonomy,
    "name: mine\ncategories:\n  - id: bill\n    name: Bill\n    description: Asks for money\n    keywords: [invoice, total due]\n" +
      "  - id: deal\n    name: Deal\n    description: Binds two parties\n    keywords: [agreement, governing law, hereinafter]\n",
  );
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  const { exit, stdout } = await cli("reclassify", first.batchId, "--taxonomy", taxonomy, "--name", "mine", "--wait");
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^batch \S+ done: .*, without text \d+\n$/);
  const rows = await resultsOf("latest");
  const categoryOf = (name: string) => rows.find((row) => row.path?.endsWith(`/${name}`))?.category;
  expect([categoryOf("invoice.pdf"), categoryOf("legal/contract.pdf")]).toEqual(["bill", "deal"]);
  const compared = await cli("compare", first.batchId, "latest");
  expect(compared.stdout).toContain("invoice → bill");
  expect((await cli("audit", "latest")).exit).toBe(0);
});

test("what cannot be judged anew is said, with what to do", async () => {
  const two = await cli("reclassify", "latest", "--taxonomy", "a.yaml", "--built-in-taxonomy");
  expect([two.exit, two.stderr]).toEqual([2, expect.stringContaining("exclude each other")]);
  const nobody = await cli("reclassify", "latest", "--classifier", "llm");
  expect(nobody.exit).toBe(3);
  expect(nobody.stderr).toContain("NO_CLASSIFIER");
});
