import type { Command, Option } from "commander";
import { choicesOf } from "../arguments/parse-values.ts";

/** What the shell can propose where a value is due. */
export type ValueKind =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" }
  /** Something only the user knows: a number, a token, an address. */
  | { readonly kind: "free" };

export interface OptionSyntax {
  /** Short before long. */
  readonly flags: readonly string[];
  readonly description: string;
  /** null: it takes no value. */
  readonly value: ValueKind | null;
}

export interface CommandSyntax {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionSyntax[];
  /** Of its positions; the last one repeats when `repeats`. */
  readonly values: readonly ValueKind[];
  readonly repeats: boolean;
  readonly commands: readonly CommandSyntax[];
}

/** Placeholders that stand for something in the file system. */
const FILE_NAMES = new Set(["file", "folder", "path"]);
const BATCH_NAMES = new Set(["batch", "left", "right"]);
/** A batch is an id that nobody completes, or this word. */
const BATCH_WORDS = ["latest"];

/** The commands and options of a program as data, from the declarations that also parse it. */
export function commandTree(command: Command): CommandSyntax {
  const help: OptionSyntax = { flags: ["-h", "--help"], description: "display help for command", value: null };
  const { registeredArguments } = command;
  return {
    name: command.name(),
    description: command.summary() || command.description(),
    options: [...command.options.filter((option) => !option.hidden).map(optionSyntax), help],
    values: registeredArguments.map((argument) => valueOf(argument.name(), choicesOf(argument.parseArg))),
    repeats: registeredArguments.at(-1)?.variadic ?? false,
    commands: command.commands.map((each) => commandTree(each)),
  };
}

export interface PathedCommand {
  /** "" for the program, "/status", "/db/start". */
  readonly path: string;
  readonly syntax: CommandSyntax;
}

/** A program and all its commands, parents first. */
export function flattenCommands(syntax: CommandSyntax, path = ""): PathedCommand[] {
  const nested = syntax.commands.flatMap((each) => flattenCommands(each, `${path}/${each.name}`));
  return [{ path, syntax }, ...nested];
}

function optionSyntax(option: Option): OptionSyntax {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  const placeholder = /[<[]([^>\].]+)/.exec(option.flags)?.[1];
  const value = placeholder === undefined ? null : valueOf(placeholder, choicesOf(option.parseArg));
  return { flags, description: option.description, value };
}

function valueOf(placeholder: string, choices: readonly string[] | null): ValueKind {
  if (choices !== null) return { kind: "words", words: choices };
  if (FILE_NAMES.has(placeholder)) return { kind: "files" };
  return BATCH_NAMES.has(placeholder) ? { kind: "words", words: BATCH_WORDS } : { kind: "free" };
}
