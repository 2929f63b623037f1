import { stat } from "node:fs/promises";
import { AppError, displayUri, filePathBytes } from "@sluice/contracts";
import { extractOnce } from "@sluice/launcher";
import { argumentBytes } from "../arguments/argument-bytes.ts";
import type { ExtractFlags } from "../arguments/classify-arguments.ts";
import { resolveRoots } from "../batch/resolve-roots.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";

/**
 * `extract FILE`: the text of one file on stdout, read in a process of its own, without a database. That process speaks
 * for itself: its errors look like ours and its exit codes are ours.
 */
export async function extract(file: string, flags: ExtractFlags, { config }: CommandContext): Promise<ExitCode> {
  const [uri = ""] = await resolveRoots(argumentBytes([file]));
  if ((await stat(Buffer.from(filePathBytes(uri) ?? []))).isDirectory()) {
    throw new AppError("USAGE", `${displayUri(uri)} is a folder; \`classify\` reads folders`);
  }
  const args = [uri];
  if (flags.pages !== undefined) args.push("--pages", flags.pages);
  if (flags.format !== undefined) args.push("--format", flags.format);
  if (flags.json === true) args.push("--json");
  const passwords = await readPasswords(flags, config);
  // Not among the arguments, which every user of the machine may see.
  const environment = passwords.length === 0 ? {} : { SLUICE_PASSWORD: passwords.join("\n") };
  return (await extractOnce({ args, environment })) as ExitCode;
}
