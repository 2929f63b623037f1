import { AppError } from "@sluice/contracts";
import type { RunningPart } from "@sluice/launcher";
import type { CommandContext } from "../command-context.ts";
import type { Config, PartVariables } from "../config.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { aborted } from "../interrupt.ts";
import { startInterruptibly } from "./reach-cluster.ts";

/** Runs one part in the foreground until a signal, or until it ends by itself, which is a failure. */
export async function holdPart(
  context: CommandContext,
  start: (signal: AbortSignal) => Promise<RunningPart>,
): Promise<ExitCode> {
  const signal = context.interrupt.take();
  const part = await startInterruptibly(signal, () => start(signal));
  context.stdout.write(`The ${part.name} listens on ${part.url}; Ctrl-C stops it.\n`);
  const ended = await Promise.race([part.exited, aborted(signal)]);
  await part.stop();
  if (ended === undefined) return EXIT.ok;
  const how = ended.signal === null ? `with code ${ended.exitCode}` : `by ${ended.signal}`;
  throw new AppError(
    "START_FAILED",
    `the ${part.name} ended ${how}${ended.logTail === "" ? "" : `:\n${ended.logTail}`}`,
  );
}

/** The environment of a part that is run alone, less what a flag has settled: the launcher lets variables win. */
export function variablesFor(config: Config, settled: Readonly<Record<string, unknown>>): PartVariables {
  const all = { ...config.partVariables, ...config.onePartVariables };
  return Object.fromEntries(Object.entries(all).filter(([name]) => settled[name] === undefined));
}
