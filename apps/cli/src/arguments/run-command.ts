import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";

/** How a parsed command line reaches its command: the caller makes the context, reports errors and ends the process. */
export type RunCommand = (
  flags: { readonly json?: true | undefined; readonly config?: string | undefined },
  command: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>;

/** Examples at the end of a command's help. */
export function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, meaning]) => `  $ ${command.padEnd(width)}  # ${meaning}`).join("\n")}`;
}
