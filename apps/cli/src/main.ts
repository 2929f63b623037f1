#!/usr/bin/env bun
import { type Command, CommanderError } from "commander";
import { buildProgram } from "./arguments/build-program.ts";
import { namedCommand } from "./arguments/named-command.ts";
import type { RunCommand } from "./arguments/run-command.ts";

const argv = process.argv.slice(2);

// While nothing else keeps it alive, Bun (1.4) looks for the end of this module's `await` without a rest, for all of a core.
setInterval(() => {}, 2 ** 30);

/** Runs one command and ends the process with its exit code: nothing that lingers may keep a finished command alive. */
const run: RunCommand = async (flags, command) => {
  const { runCommand } = await import("./run-command.ts");
  process.exit(await runCommand({ json: flags.json === true, config: flags.config, named }, command));
};

const program = buildProgram(run);
const named = namedCommand(program as unknown as Command, argv);

try {
  // The parser would show the help of the program, as if nothing were wrong.
  const [first, topic] = argv;
  if (first === "help" && topic !== undefined && named.length === 0) {
    throw new CommanderError(2, "commander.unknownCommand", `there is no command '${topic}' to help with`);
  }
  await program.parseAsync(argv, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exit(0);
  const { reportWrongUse } = await import("./run-command.ts");
  process.exit(await reportWrongUse(error, { json: argv.includes("--json"), named }));
}
