import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../arguments/build-program.ts";
import { CONFIG_FILE_KEYS } from "../config-file.ts";
import { cliReference } from "./cli-reference.ts";
import { intoPage } from "./into-page.ts";

const page = await Bun.file(join(import.meta.dir, "../../../../docs/cli.md")).text();
const program = buildProgram(() => Promise.resolve()) as unknown as Command;

test("docs/cli.md has the commands and options that there are (`bun run gen` writes them)", () => {
  expect(page).toBe(intoPage(page, cliReference(program)));
});

test("docs/cli.md names every setting of the file", () => {
  for (const key of CONFIG_FILE_KEYS) expect(page).toContain(`\`${key}\``);
});

test("every command says what it does, and shows how", () => {
  const silent = program.commands.filter((command) => command.summary() === "").map((command) => command.name());
  expect(silent).toEqual([]);
});
