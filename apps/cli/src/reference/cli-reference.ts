import type { Command } from "commander";

/** Options that lead a command to its data are told once, not at every command. */
const PLACE_FLAGS = new Set(["--config", "--data-dir", "--database-url", "--server", "--token", "--help"]);

/** All commands of the program as Markdown tables, a table a group, from what the program itself knows. */
export function cliReference(program: Command): string {
  const groups = new Map<string, string[]>();
  for (const command of program.commands) {
    const group = command.helpGroup().replace(/:$/, "");
    groups.set(group, [...(groups.get(group) ?? []), ...rowsOf(command, "")]);
  }
  return Array.from(groups, ([group, rows]) =>
    [`### ${group}`, "", "| command | what it does | its own options |", "|---|---|---|", ...rows, ""].join("\n"),
  ).join("\n");
}

function rowsOf(command: Command, parent: string): string[] {
  const name = `${parent}${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((each) => rowsOf(each, `${name} `));
  const places = command.registeredArguments.map((argument) => {
    const shown = `${argument.name()}${argument.variadic ? "…" : ""}`.toUpperCase();
    return argument.required ? shown : `[${shown}]`;
  });
  const options = command.options
    .filter(({ hidden, long }) => !hidden && !PLACE_FLAGS.has(long ?? ""))
    .map(({ flags }) => `\`${flags}\``);
  const cells = [`\`${[name, ...places].join(" ")}\``, command.summary(), options.join(", ")];
  return [`| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`];
}
