import { type CommandSyntax, flattenCommands, type OptionSyntax, type PathedCommand } from "./command-tree.ts";

/** A completion for fish 3 and later, a line for each thing to propose. */
export function fishScript(program: CommandSyntax): string {
  const lines = flattenCommands(program).flatMap(commandLines);
  const global = program.options.map((option) => optionLine("", option));
  return `# fish completion for sluice: sluice completion fish > ~/.config/fish/completions/sluice.fish
complete -c sluice -f
${[...global, ...lines].join("\n")}
`;
}

function commandLines({ path, syntax }: PathedCommand): string[] {
  const names = path.split("/").slice(1);
  const inside = names.map((name) => `__fish_seen_subcommand_from ${name}`).join("; and ");
  const chosen = syntax.commands.map(({ name }) => name).join(" ");
  const none = chosen === "" ? "" : `not __fish_seen_subcommand_from ${chosen}`;
  const here = [inside, none].filter(Boolean).join("; and ");
  return [
    ...syntax.commands.map(
      ({ name, description }) => `complete -c sluice ${when(here)}-a ${name} -d ${quote(description)}`,
    ),
    ...(path === "" ? [] : syntax.options.map((option) => optionLine(inside, option))),
    ...syntax.values.flatMap((value) => {
      if (value.kind === "files") return [`complete -c sluice ${when(here)}-F`];
      return value.kind === "words" ? [`complete -c sluice ${when(here)}-a ${quote(value.words.join(" "))}`] : [];
    }),
  ];
}

function optionLine(condition: string, { flags, description, value }: OptionSyntax): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(" ");
  const taken =
    value === null
      ? ""
      : value.kind === "files"
        ? " -r -F"
        : value.kind === "words"
          ? ` -x -a ${quote(value.words.join(" "))}`
          : " -x";
  return `complete -c sluice ${when(condition)}${names}${taken} -d ${quote(description)}`;
}

function when(condition: string): string {
  return condition === "" ? "" : `-n ${quote(condition)} `;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
