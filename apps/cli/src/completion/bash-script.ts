import { type CommandSyntax, flattenCommands, type PathedCommand, type ValueKind } from "./command-tree.ts";

/**
 * A completion for bash 4 and later that needs nothing else. It evaluates nothing of what is on the command line, and
 * starts no process.
 */
export function bashScript(program: CommandSyntax): string {
  const commands = flattenCommands(program);
  return `# bash completion for sluice: source <(sluice completion bash)
_sluice() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= word position=0 i
  COMPREPLY=()
  # Bash makes three words of --option=value.
  if [[ $cur == = ]]; then cur=
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      ${valueFlags(commands).join("|")}) ((i++)); [[ \${COMP_WORDS[i]} == = ]] && ((i++)) ;;
      -*) ;;
      *) case "$command/$word" in
           ${pathPatterns(commands)}) command=$command/$word; position=0 ;;
           *) ((position++)) ;;
         esac ;;
    esac
  done
  case "$command $prev" in
${optionCases(commands)}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${flagCases(commands)}
    esac
    return
  fi
  case "$command $position" in
${positionCases(commands)}
  esac
}
_sluice_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_sluice_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$cur"))
}
complete -F _sluice sluice
`;
}

/** A flag that takes a value takes one in every command; the test of this folder says so. */
function valueFlags(commands: readonly PathedCommand[]): string[] {
  const options = commands.flatMap(({ syntax }) => syntax.options.filter(({ value }) => value !== null));
  return [...new Set(options.flatMap((option) => option.flags))];
}

function pathPatterns(commands: readonly PathedCommand[]): string {
  const paths = commands.map(({ path }) => path).filter((path) => path !== "");
  return paths.join("|");
}

function optionCases(commands: readonly PathedCommand[]): string {
  const global = commands[0]?.syntax.options ?? [];
  return commands
    .flatMap(({ path, syntax }) =>
      (path === "" ? global : [...syntax.options, ...global]).map((option) => ({ path, option })),
    )
    .flatMap(({ path, option: { flags, value } }) =>
      value === null ? [] : [`    ${flags.map((flag) => `"${path} ${flag}"`).join("|")}) ${propose(value)}return ;;`],
    )
    .join("\n");
}

function flagCases(commands: readonly PathedCommand[]): string {
  const global = commands[0] === undefined ? [] : longFlags(commands[0].syntax);
  return commands
    .map(({ path, syntax }) => {
      const flags = [...new Set([...longFlags(syntax), ...global])];
      return `      "${path}") _sluice_words "${flags.join(" ")}" ;;`;
    })
    .join("\n");
}

function longFlags({ options }: CommandSyntax): string[] {
  return options.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith("--")));
}

function positionCases(commands: readonly PathedCommand[]): string {
  return commands
    .flatMap(({ path, syntax }) => {
      if (syntax.commands.length > 0) {
        return [`    "${path} 0") _sluice_words "${syntax.commands.map(({ name }) => name).join(" ")}" ;;`];
      }
      return syntax.values.map((value, index) => {
        const repeats = syntax.repeats && index === syntax.values.length - 1;
        return `    "${path} "${repeats ? "*" : String(index)}) ${propose(value)};;`;
      });
    })
    .join("\n");
}

function propose(value: ValueKind): string {
  switch (value.kind) {
    case "words":
      return `_sluice_words "${value.words.join(" ")}"; `;
    case "files":
      return "_sluice_files; ";
    case "free":
      return "";
  }
}
