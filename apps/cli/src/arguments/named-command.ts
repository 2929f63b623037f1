import type { Command } from "commander";

/** The names of the command that a line calls, as far as there are such: none for the program itself. */
export function namedCommand(program: Command, argv: readonly string[]): string[] {
  const names: string[] = [];
  let command = program;
  for (const word of argv) {
    if (word === "--") break;
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) continue;
    command = next;
    names.push(word);
  }
  return names;
}
