import { resolveRoots } from "@sluice/client";
import { stat } from "node:fs/promises";
import { AppError, displayUri, filePathBytes } from "@sluice/contracts";
import { extractOnce } from "@sluice/launcher";
import { argumentBytes } from "../arguments/argument-bytes.ts";
import type { ExtractFlags } from "../arguments/classify-arguments.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { errorFacts, formatError } from "../output/format-error.ts";
import { printJson } from "../output/stdout.ts";

/** Names stdin. */
const STDIN = "-";

/** What a shell makes of a process that a signal ended: 128 and its number. */
const SIGNALLED = 128;

/**
 * `extract FILE…`: what the files hold on stdout, one after the other, without a database. Each is read in a process of
 * its own that speaks for itself: its errors look like ours, its exit codes are ours, and its end is not the others'.
 */
export async function extract(files: string[], flags: ExtractFlags, context: CommandContext): Promise<ExitCode> {
  const json = flags.json === true || flags.format === "json";
  const sources = await resolveSources(files);
  const passwords = await readPasswords(flags, context.config);
  // Not among the arguments, which every user of the machine may see.
  const environment = passwords.length === 0 ? {} : { SLUICE_PASSWORD: passwords.join("\n") };
  const options: string[] = [];
  if (flags.pages !== undefined) options.push("--pages", flags.pages);
  if (flags.format !== undefined) options.push("--format", flags.format);
  if (flags.json === true) options.push("--json");
  let worst: ExitCode = EXIT.ok;
  for (const [index, source] of sources.entries()) {
    if (sources.length > 1 && !json) context.stdout.write(`${index === 0 ? "" : "\n"}==> ${nameOf(source)} <==\n`);
    const code = await extractOnce({ args: [source, ...options], environment });
    if (code === EXIT.interrupted || code === EXIT.couldNotRun) return code;
    if (code > SIGNALLED) await tellCrash(source, code, json, context);
    worst = Math.max(worst, code > SIGNALLED ? EXIT.someFailed : code) as ExitCode;
  }
  return worst;
}

/** URIs of the files, and stdin by its name. */
async function resolveSources(files: readonly string[]): Promise<string[]> {
  const sources = new Set<string>();
  for (const bytes of argumentBytes(files)) {
    const text = Buffer.from(bytes).toString();
    const [source = ""] = text === STDIN ? [STDIN] : await resolveRoots([bytes]);
    if (source !== STDIN && (await stat(Buffer.from(filePathBytes(source) ?? []))).isDirectory()) {
      throw new AppError("USAGE", `${displayUri(source)} is a folder; \`classify\` reads folders`);
    }
    sources.add(source);
  }
  return [...sources];
}

async function tellCrash(source: string, code: number, json: boolean, { stderr }: CommandContext): Promise<void> {
  const message = `${nameOf(source)}: its reader was ended by signal ${code - SIGNALLED}`;
  const error = new AppError("CHILD_CRASHED", message);
  if (json) await printJson({ uri: source, error: errorFacts(error), exit: EXIT.someFailed });
  else stderr.write(formatError(errorFacts(error), stderr.width(), stderr.paint));
}

function nameOf(source: string): string {
  return source === STDIN ? "stdin" : displayUri(source);
}
