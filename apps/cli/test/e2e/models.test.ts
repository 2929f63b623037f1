/** Trained models: learned from labels, kept on the server, judging as documents are read and afterwards, and in a cascade with an LLM. */
import { afterAll, expect, test } from "bun:test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BatchStatus } from "@sluice/contracts";
import { makePdf, startTestCluster, temporaryFolder } from "@sluice/testkit";
import { runCli } from "./run-cli.ts";

const SUBJECTS = {
  sport: "match goal team striker referee league season coach stadium penalty cup defender winger fixture".split(" "),
  money: "shares profit bank market dividend broker bond inflation earnings quarter merger stock trader fund".split(
    " ",
  ),
  stage: "actor film scene director premiere audience script camera festival comedy drama studio role critic".split(
    " ",
  ),
};
const EACH = 120;

/** Texts of ten words of their subject, each another one. */
function textOf(subject: keyof typeof SUBJECTS, index: number): string {
  const words = SUBJECTS[subject];
  const drawn = Array.from({ length: 10 }, (_, at) => words[(index * (at + 3) + at * at) % words.length]);
  return `Number ${index}. ${drawn.join(" ")} and the ${drawn.toReversed().join(" of ")}.`;
}

/** An OpenAI server that knows the subject of every text: a teacher without fault. */
const teacher = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: async (request) => {
    if (new URL(request.url).pathname === "/v1/models") return Response.json({ data: [{ id: "teacher" }] });
    const { messages } = (await request.json()) as { messages: { content: string }[] };
    const document = messages.at(-1)?.content ?? "";
    const counts = Object.entries(SUBJECTS).map(([subject, words]) => ({
      subject,
      count: words.filter((word) => document.includes(` ${word} `)).length,
    }));
    const { subject = "sport" } = counts.sort((left, right) => right.count - left.count)[0] ?? {};
    return Response.json({
      choices: [
        { finish_reason: "stop", message: { content: JSON.stringify({ category: subject, reason: "Its words." }) } },
      ],
      usage: { prompt_tokens: 100, completion_tokens: 10 },
    });
  },
});

const scratch = temporaryFolder();
const folder = join(scratch.path, "documents");
await mkdir(folder);
const labels: string[] = ["path,category"];
for (const subject of Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[]) {
  for (let index = 0; index < EACH; index += 1) {
    const name = `${subject}-${index}.pdf`;
    await writeFile(join(folder, name), makePdf({ pages: [textOf(subject, index)] }));
    if (index < 40) labels.push(`${name},${subject}`);
  }
}
const labelsFile = join(scratch.path, "labels.csv");
await writeFile(labelsFile, labels.join("\n"));
const taxonomy = join(scratch.path, "news.json");
const categories = Object.keys(SUBJECTS).map((id) => ({ id, name: id, description: `News about ${id}` }));
await writeFile(taxonomy, JSON.stringify({ name: "news", categories }));

const cluster = await startTestCluster({
  workerEnvironment: {
    SLUICE_LLM_URL: teacher.url.href,
    SLUICE_LLM_MODEL: "teacher",
    SLUICE_MODEL_DIR: join(scratch.path, "shelf"),
  },
});
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken, XDG_STATE_HOME: scratch.path };
const cli = (...args: string[]) => runCli(args, { env });

afterAll(async () => {
  await cluster.stop();
  await teacher.stop(true);
  scratch[Symbol.dispose]();
});

/** Category by the name of the file. */
async function labelsOf(batchId: string): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for await (const { uri, category } of cluster.client.results(batchId)) found.set(uri.replace(/^.*\//, ""), category);
  return found;
}

/** How many of a batch have the subject that they are about. */
const rightOf = (found: ReadonlyMap<string, string | null>) =>
  [...found].filter(([name, category]) => category === name.replace(/-.*$/, "")).length;

let model = "";
let first = "";

test("learned from the labels of a file, and kept with what it was worth on documents held out", async () => {
  first = (
    JSON.parse((await cli("submit", folder, "--taxonomy", taxonomy, "--wait", "--json")).stdout) as { batchId: string }
  ).batchId;
  const { exit, stdout, stderr } = await cli("train", labelsFile, "--json");
  expect([exit, stderr]).toEqual([0, ""]);
  const trained = JSON.parse(stdout) as { model: string };
  expect(trained).toMatchObject({
    name: "labels.csv",
    labels: ["money", "sport", "stage"],
    card: { rows: 120 },
    leftOut: [],
  });
  ({ model } = trained);
  // The same labels and seed give the same file, which is there already.
  expect((JSON.parse((await cli("train", labelsFile, "--json")).stdout) as { model: string }).model).toBe(model);
  expect((await cli("models")).stdout).toContain(model.slice(0, 12));
}, 60_000);

// A mark that no label is near makes it another standard, so that nothing is known of it.
const MARK = ["--min-confidence", "0.5000001"];

test("judges what is stored, and as it is read, alike", async () => {
  const anew = JSON.parse(
    (await cli("reclassify", first, "--classifier", "model", "--model", model.slice(0, 8), "--wait", "--json")).stdout,
  ) as { batch: BatchStatus };
  const stored = await labelsOf(anew.batch.batchId);
  expect(rightOf(stored)).toBeGreaterThan(0.97 * 3 * EACH);
  const read = await cli(
    "submit",
    folder,
    "--classifier",
    "model",
    "--model",
    "latest",
    "--force",
    ...MARK,
    "--wait",
    "--json",
  );
  const fused = (JSON.parse(read.stdout) as { batchId: string }).batchId;
  const status = await cluster.client.getBatch(fused);
  expect(status.classifyHash).not.toBe(anew.batch.classifyHash);
  expect(await labelsOf(fused)).toEqual(stored);
  for await (const row of cluster.client.results(fused)) {
    if (row.category !== null) expect(row).toMatchObject({ labelSource: "model", terms: expect.any(Array) });
  }
}, 60_000);

test("in a cascade an LLM labels a sample, the model takes its place where that is proved, and all of it is told", async () => {
  const { exit, stdout } = await cli("cascade", first, "--agreement", "0.8", "--json");
  expect(exit).toBe(0);
  const report = JSON.parse(stdout) as {
    batch: BatchStatus;
    asked: number;
    saved: number;
    calls: number;
    savedSeconds: number;
  };
  expect(report).toMatchObject({
    because: null,
    modelConfidence: expect.any(Number),
    batch: { state: "done", classify: { pending: 0, failed: 0 } },
    agreement: { of: expect.any(Number), low: expect.any(Number) },
  });
  expect(report.asked + report.saved).toBe(3 * EACH);
  expect(report.savedSeconds).toBeGreaterThan(0);
  expect(report.asked).toBeLessThan(0.6 * 3 * EACH);
  const found = await labelsOf(report.batch.batchId);
  expect(rightOf(found)).toBeGreaterThan(0.9 * 3 * EACH);
  expect((await cli("audit", report.batch.batchId)).exit).toBe(0);
  const again = JSON.parse((await cli("cascade", first, "--agreement", "0.8", "--json")).stdout) as { calls: number };
  // Everything that it would ask has been asked.
  expect(again.calls).toBe(0);
}, 120_000);

test("without a sample that proves anything the LLM labels all, and that is said", async () => {
  const { stdout, stderr } = await cli("cascade", first, "--agreement", "0.99", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    model: null,
    saved: 0,
    because: expect.stringContaining("most of 360 documents"),
  });
  expect(stderr).toContain("the LLM is asked about all");
}, 60_000);

test("where documents may have several labels: judged by their words, learned, judged anew, exported and evaluated", async () => {
  const several = join(scratch.path, "several");
  await mkdir(several);
  const file = join(scratch.path, "several.json");
  const subjects = Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[];
  const keyworded = subjects.map((id) => ({ id, name: id, description: `News about ${id}`, keywords: SUBJECTS[id] }));
  await writeFile(file, JSON.stringify({ name: "news", labels: "multi", categories: keyworded }));
  const rows = ["path,category"];
  for (let index = 0; index < 90; index += 1) {
    const about = [index % 3, ...(index % 2 === 0 ? [(index + 1) % 3] : [])].map((at) => subjects[at] ?? "sport");
    const name = `several-${index}.pdf`;
    await writeFile(join(several, name), makePdf({ pages: [about.map((one) => textOf(one, index)).join("\n")] }));
    rows.push(`${name},${about.join(";")}`);
  }
  const truth = join(scratch.path, "several.csv");
  await writeFile(truth, rows.join("\n"));
  const byRules = JSON.parse(
    (await cli("submit", several, "--taxonomy", file, "--wait", "--json")).stdout,
  ) as BatchStatus;
  const right = async (batchId: string) => {
    const { stdout } = await cli("eval", truth, "--batch", batchId, "--json");
    return (JSON.parse(stdout) as { scores: { micro: { f1: number } } }).scores.micro.f1;
  };
  expect(await right(byRules.batchId)).toBeGreaterThan(0.6);
  const trained = JSON.parse((await cli("train", truth, "--batch", byRules.batchId, "--json")).stdout) as {
    model: string;
  };
  const anew = JSON.parse(
    (await cli("reclassify", byRules.batchId, "--classifier", "model", "--model", trained.model, "--wait", "--json"))
      .stdout,
  ) as { batch: BatchStatus };
  const { batchId } = anew.batch;
  // On what it has learned from; what it is worth is on its card.
  expect(await right(batchId)).toBeGreaterThan(0.9);
  const { stdout } = await cli("results", batchId, "--format", "csv");
  expect(stdout).toMatch(/,(?:money;sport|sport;money)\r?\n/);
  const cascade = await cli("cascade", batchId, "--agreement", "0.9");
  expect([cascade.exit, cascade.stderr]).toEqual([2, expect.stringContaining("taxonomies that give one label")]);
}, 120_000);
