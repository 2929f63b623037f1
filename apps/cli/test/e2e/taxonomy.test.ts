/** `taxonomy`: files of categories, looked at without a server. */
import { afterAll, expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

const scratch = temporaryFolder();
const file = join(scratch.path, "mine.yaml");
afterAll(() => scratch[Symbol.dispose]());

test("the built-in one, written as a file, is right and the same taxonomy", async () => {
  const shown = await runCli(["taxonomy", "show"]);
  expect(shown.stdout).toContain("invoice");
  await writeFile(file, (await runCli(["taxonomy", "show", "--yaml"])).stdout);
  expect((await runCli(["taxonomy", "check", file])).exit).toBe(0);
  const builtIn = jsonOf(await runCli(["taxonomy", "show", "--json"]));
  const own = jsonOf(await runCli(["taxonomy", "show", file, "--json"]));
  expect(own["hash"]).toBe(builtIn["hash"]);
  expect(shown.stdout).toContain(String(builtIn["hash"]));
}, 60_000);

test("every fault has its line; keywords that tell nothing apart are named", async () => {
  await writeFile(file, "name: x\ncategories:\n  - id: A b\n    name: 4\n    description: d\n    keyword: [x]\n");
  const wrong = await runCli(["taxonomy", "check", file]);
  expect([wrong.exit, wrong.stdout.split("\n").length]).toEqual([2, 5]);
  expect(wrong.stdout).toStartWith(`${file}:3:9: `);
  expect(jsonOf(await runCli(["taxonomy", "check", file, "--json"]))).toMatchObject({
    valid: false,
    faults: [{ line: 3 }, { line: 4 }, { line: 6 }],
  });
  const twice = ["a", "b"].map((id) => `  - { id: ${id}, name: N, description: d, keywords: [due] }\n`).join("");
  await writeFile(file, `name: x\ncategories:\n${twice}`);
  const shared = await runCli(["taxonomy", "check", file]);
  expect([shared.exit, shared.stdout.split("\n")[0]]).toEqual([
    0,
    `${file}:3:50: warning: "due" speaks for every category: it tells nothing`,
  ]);
  expect(jsonOf(await runCli(["taxonomy", "check", file, "--json"]))).toMatchObject({
    valid: true,
    warnings: [{ line: 3, column: 50 }],
  });
  expect((await runCli(["taxonomy", "check", "/nowhere.yaml"])).exit).toBe(2);
});

test("the schema for editors is one, and says what must be there", async () => {
  expect(JSON.parse((await runCli(["taxonomy", "schema"])).stdout)).toMatchObject({
    type: "object",
    required: ["name", "categories"],
  });
});
