/** `eval`: labels held against those that documents should have. */
import { afterAll, expect, test } from "bun:test";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestCluster, temporaryFolder } from "@sluice/testkit";
import { businessFolder } from "./business-folder.ts";
import { jsonOf, runCli } from "./run-cli.ts";

const scratch = temporaryFolder();
const cluster = await startTestCluster();
const folder = join(scratch.path, "documents");
await businessFolder(folder);
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken, XDG_STATE_HOME: scratch.path };
const cli = (...args: string[]) => runCli(args, { env });
await cli("submit", folder, "--wait");

const labels = join(scratch.path, "labels.csv");
await writeFile(
  labels,
  [
    "path,category",
    `${folder}/invoice.pdf,invoice`,
    "invoice-2.pdf,invoice",
    "legal/contract.pdf,invoice",
    "note.pdf,letter",
    "empty.pdf,letter",
    "gone.pdf,letter",
    "",
  ].join("\n"),
);

afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

test("says what is right, what is not, and what could not be judged", async () => {
  const { exit, stdout } = await cli("eval", labels);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^right +50\.0 % .*, 2 of 4\n/);
  expect(stdout).toContain("/legal/contract.pdf  invoice → contract");
  expect(stdout).toContain("/note.pdf  letter → no label");
  expect(stdout).toContain("1 document of the file: not in this batch");
  expect(stdout).toContain("1 document of the file: failed, or not judged yet");
  expect(jsonOf(await cli("eval", labels, "--json"))).toMatchObject({
    missing: 1,
    unjudged: 1,
    llm: null,
    scores: { accuracy: { hits: 2, of: 4 }, coverage: { hits: 3, of: 4 } },
    disagreements: [{ expected: ["invoice"], got: ["contract"] }, { got: [] }],
  });
});

test("--output-dir keeps page, figures, charts and every disagreement", async () => {
  const output = join(scratch.path, "report");
  expect((await cli("eval", labels, "--output-dir", output)).exit).toBe(0);
  expect((await readdir(output)).sort()).toEqual([
    "calibration.svg",
    "confusion.svg",
    "disagreements.csv",
    "report.json",
    "report.md",
  ]);
  expect(await Bun.file(join(output, "report.md")).text()).toContain("| invoice | 3 |");
  expect((await Bun.file(join(output, "disagreements.csv")).text()).split("\n")).toHaveLength(4);
});

test("a file of labels that is wrong is told by its line, one that is not there by its name", async () => {
  const wrong = join(scratch.path, "wrong.csv");
  await writeFile(wrong, "path,category\na.pdf,\n");
  expect(jsonOf(await cli("eval", wrong, "--json"))).toMatchObject({
    error: { code: "LABELS_INVALID", message: "wrong.csv:2: a.pdf has no category." },
    exit: 2,
  });
  await writeFile(wrong, "path,category\nnote.pdf,leter\n");
  expect(jsonOf(await cli("eval", wrong, "--json"))).toMatchObject({
    error: {
      code: "LABELS_INVALID",
      message: expect.stringMatching(
        /^wrong\.csv:2: leter is no category of the batch's taxonomy; did you mean letter\?$/,
      ),
    },
    exit: 2,
  });
  await writeFile(wrong, `path,category\nlegal/contract.pdf,contract\n${folder}/legal/contract.pdf,letter\n`);
  expect(jsonOf(await cli("eval", wrong, "--json"))).toMatchObject({
    error: { message: expect.stringMatching(/^wrong\.csv:3: .* is letter here and contract in line 2/) },
  });
  expect(jsonOf(await cli("eval", "/nowhere.csv", "--json"))).toMatchObject({
    error: { code: "PATH_NOT_FOUND" },
    exit: 2,
  });
  await writeFile(wrong, "path,category\nunknown.pdf,letter\n");
  expect(jsonOf(await cli("eval", wrong, "--json"))).toMatchObject({ error: { code: "LABELS_INVALID" }, exit: 2 });
});
