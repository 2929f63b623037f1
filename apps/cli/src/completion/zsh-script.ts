import type { CommandSyntax, OptionSyntax, ValueKind } from "./command-tree.ts";

/** A completion for zsh 5, with descriptions, by its own `_arguments`. */
export function zshScript(program: CommandSyntax): string {
  return `#compdef sluice
# zsh completion for sluice: a file named _sluice in a folder of $fpath, or source <(sluice completion zsh)
${commandFunction("_sluice", program)}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _sluice "$@"; else compdef _sluice sluice; fi
`;
}

function commandFunction(name: string, syntax: CommandSyntax): string {
  const nested = syntax.commands.map((command) => commandFunction(`${name}_${command.name}`, command));
  const options = syntax.options.map(optionArgument);
  if (nested.length === 0) {
    const values = syntax.values.map((value, index) => {
      const repeats = syntax.repeats && index === syntax.values.length - 1;
      return quote(`${repeats ? "*" : String(index + 1)}:${action(value)}`);
    });
    return `${name}() {\n  _arguments -s ${[...options, ...values].join(" \\\n    ")}\n}`;
  }
  const described = syntax.commands.map((command) => quote(`${command.name}:${command.description}`));
  const cases = syntax.commands.map((command) => `    ${command.name}) ${name}_${command.name} ;;`);
  return `${nested.join("\n")}
${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${[...options, quote("1:command:->command"), quote("*::argument:->argument")].join(" \\\n    ")}
  case $state in
  command)
    local -a commands=(
      ${described.join("\n      ")}
    )
    _describe command commands ;;
  argument)
    case $line[1] in
${cases.join("\n")}
    esac ;;
  esac
}`;
}

function optionArgument({ flags, description, value }: OptionSyntax): string {
  const text = description.replaceAll(/[[\]:]/g, (mark) => `\\${mark}`);
  const taken = value === null ? "" : `:${action(value)}`;
  const excludes = flags.length > 1 ? `(${flags.join(" ")})` : "";
  return flags.map((flag) => quote(`${excludes}${flag}[${text}]${taken}`)).join(" ");
}

/** The message and what to do, as `_arguments` wants them. */
function action(value: ValueKind): string {
  switch (value.kind) {
    case "words":
      return `value:(${value.words.join(" ")})`;
    case "files":
      return "file:_files";
    case "free":
      return "value: ";
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
