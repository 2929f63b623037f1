import type { Command } from "commander";
import { bashScript } from "../completion/bash-script.ts";
import { commandTree } from "../completion/command-tree.ts";
import { fishScript } from "../completion/fish-script.ts";
import { zshScript } from "../completion/zsh-script.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printStdout } from "../output/stdout.ts";

export const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `completion SHELL`: what makes a shell complete this program's commands and options. */
export async function completion(shell: keyof typeof SHELLS, program: Command): Promise<ExitCode> {
  await printStdout(SHELLS[shell](commandTree(program)));
  return EXIT.ok;
}
