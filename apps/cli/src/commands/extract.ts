import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import { extractOnce } from "@sluice/launcher";
import type { ExtractFlags } from "../arguments/classify-arguments.ts";
import { resolveRoots } from "../batch/resolve-roots.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";

/** `extract FILE`: the text of one file on stdout, read in a process of its own, without a database. */
export async function extract(file: string, flags: ExtractFlags, _context: CommandContext): Promise<ExitCode> {
  await resolveRoots([file]);
  if ((await stat(file)).isDirectory()) {
    throw new AppError("USAGE", `${safeText(file)} is a folder; \`classify\` reads folders`);
  }
  const args = [resolve(file)];
  if (flags.pages !== undefined) args.push("--pages", flags.pages);
  if (flags.json === true) args.push("--json");
  const exit = await extractOnce({ args });
  return exit === 0 ? EXIT.ok : EXIT.someFailed;
}
