import type { Config } from "./config.ts";
import type { Interrupt } from "./interrupt.ts";
import type { Terminal } from "./output/terminal.ts";

/** What every command is given. */
export interface CommandContext {
  readonly config: Config;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly interrupt: Interrupt;
  /** How people call this program, for the commands that are proposed to them. */
  readonly program: string;
}
