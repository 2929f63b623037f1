import { expect, test } from "bun:test";
import type { Command } from "commander";
import { buildProgram } from "./build-program.ts";
import { namedCommand } from "./named-command.ts";

test("a line names a command by its words, whatever is between them", () => {
  const program = buildProgram(() => Promise.resolve()) as unknown as Command;
  const named = (line: string) => namedCommand(program, line.split(" ")).join(" ");
  expect(named("submit")).toBe("submit");
  expect(named("--config my.yaml tokens --json rotate 1")).toBe("tokens rotate");
  expect(named("submit status")).toBe("submit");
  expect(named("stauts --watch")).toBe("");
  expect(named("-- submit")).toBe("");
});
