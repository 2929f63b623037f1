import type { VersionFlags } from "../arguments/part-arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import manifest from "../../package.json" with { type: "json" };

/** `version`: what is running. */
export async function version(flags: VersionFlags, _context: CommandContext): Promise<ExitCode> {
  const facts = { sluice: manifest.version, bun: Bun.version, platform: `${process.platform}-${process.arch}` };
  if (flags.json === true) await printJson(facts);
  else await printStdout(`sluice ${facts.sluice} (Bun ${facts.bun}, ${facts.platform})\n`);
  return EXIT.ok;
}
