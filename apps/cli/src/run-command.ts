import { AppError } from "@sluice/contracts";
import { CommanderError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { readConfig } from "./config.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { Interrupt } from "./interrupt.ts";
import { errorFacts, formatError, toAppError } from "./output/format-error.ts";
import { isReaderGone, printJson } from "./output/stdout.ts";
import { openTerminal } from "./output/terminal.ts";

/** A checkout runs the CLI through its package script, an installation by its name. */
const PROGRAM = import.meta.dir.endsWith("/apps/cli/src") ? "bun run cli" : "sluice";

interface Called {
  readonly json: boolean;
  /** The names of the command, for those who are sent to its help. */
  readonly named: readonly string[];
}

/** Runs a command in its context and turns whatever it throws into a message and an exit code. */
export async function runCommand(
  { json, named, config: configFile }: Called & { config: string | undefined },
  command: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    const config = readConfig(undefined, configFile);
    return await command({
      config,
      stdout: openTerminal(process.stdout, config),
      stderr: openTerminal(process.stderr, config),
      interrupt: new Interrupt(),
      program: PROGRAM,
    });
  } catch (error) {
    return report(error, { json, named });
  }
}

/** Reports what the argument parser refused. */
export function reportWrongUse(error: unknown, called: Called): Promise<ExitCode> {
  if (!(error instanceof CommanderError)) return report(error, called);
  const message = error.message.replace(/^error: /, "");
  // Called with nothing to do, the parser has printed its help already.
  if (error.code === "commander.help") return Promise.resolve(EXIT.wrongUse);
  return report(new AppError("USAGE", message), called);
}

async function report(error: unknown, { json, named }: Called): Promise<ExitCode> {
  if (isReaderGone(error)) return EXIT.ok;
  const exit = exitCodeOf(toAppError(error));
  const terminal = openTerminal(process.stderr, { colours: process.stderr.hasColors?.() ?? false, unicode: true });
  const facts = errorFacts(error, [PROGRAM, ...named].join(" "));
  try {
    if (json) await printJson({ error: facts, exit });
    else terminal.write(formatError(facts, terminal.width(), terminal.paint));
  } catch (failure) {
    if (!isReaderGone(failure)) throw failure;
  }
  return exit;
}
