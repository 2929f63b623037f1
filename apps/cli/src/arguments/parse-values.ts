import { InvalidArgumentError } from "commander";

/** A parser for whole numbers in a range, for `Option.argParser`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** A parser for decimal numbers in a range. */
export function decimalNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
  };
}

/** A parser that takes one word beside what `parse` takes. */
export function orWord<const Word extends string, Value>(
  word: Word,
  parse: (text: string) => Value,
): (text: string) => Value | Word {
  return (text) => (text === word ? word : parse(text));
}

/** A parser for `3`, `3-5` and `3-` (to the end); the text is passed on as it is. */
export function pageRange(text: string): string {
  const match = /^(\d{1,7})(?:-(\d{1,7})?)?$/.exec(text);
  const first = Number(match?.[1] ?? 0);
  const last = match?.[2] === undefined ? first : Number(match[2]);
  if (first >= 1 && last >= first) return text;
  throw new InvalidArgumentError("Expected a page or a range of pages from 1, such as 3, 3-5 or 3-.");
}

/** What each parser of names takes, for those who describe a command line. */
const CHOICES = new WeakMap<object, readonly string[]>();

/** The names that a parser made by `oneOf` takes, or null. */
export function choicesOf(parser: object | undefined): readonly string[] | null {
  return (parser === undefined ? undefined : CHOICES.get(parser)) ?? null;
}

const LIST = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** A parser for names with a fixed set, where some names are for later versions: those get an answer of their own. */
export function oneOf<const Name extends string>(
  names: readonly Name[],
  /** Names that are looked for here, with what to do instead. */
  elsewhere: Readonly<Record<string, string>> = {},
): (text: string) => Name {
  const parse = (text: string) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const instead = elsewhere[text];
    if (instead !== undefined) throw new InvalidArgumentError(instead);
    throw new InvalidArgumentError(`Expected ${LIST.format(names)}.`);
  };
  CHOICES.set(parse, names);
  return parse;
}

/** The same for an option that may be repeated: all that were given, in their order. */
export function eachOneOf<const Name extends string>(
  names: readonly Name[],
): (text: string, before: readonly Name[] | undefined) => readonly Name[] {
  const one = oneOf(names);
  const parse = (text: string, before: readonly Name[] | undefined) => [...(before ?? []), one(text)];
  CHOICES.set(parse, names);
  return parse;
}
