/** A part of a pattern. `folders`: none, or some with the slash behind them. `below`: nothing, or a slash and all behind it. */
export type GlobNode =
  | { readonly kind: "one" | "many"; takes(character: string): boolean }
  | { readonly kind: "folders" | "below" }
  | { readonly kind: "either"; readonly choices: readonly (readonly GlobNode[])[] };

const inName = (character: string) => character !== "/";
const anything = () => true;

/**
 * `*` and `?` within a name, `**` over folders, `[a-z]`, `[!a-z]`, `{this,that}`, and `\` before what is to be itself. All else is
 * itself, what is begun and not ended too. Never throws.
 */
export function parseGlob(pattern: string): GlobNode[] {
  return new GlobParser(Array.from(pattern)).sequence(0, pattern.length, true);
}

class GlobParser {
  readonly #text: readonly string[];
  /** Of each `{` that is ended and has a choice: where it ends, and where the commas are. */
  readonly #braces: ReadonlyMap<number, readonly number[]>;

  constructor(text: readonly string[]) {
    this.#text = text;
    this.#braces = findBraces(text);
  }

  /** `beginsName`: what comes first is the beginning of a name. */
  sequence(from: number, to: number, beginsName: boolean): GlobNode[] {
    const text = this.#text;
    const end = Math.min(to, text.length);
    const nodes: GlobNode[] = [];
    let begins = beginsName;
    for (let at = from; at < end;) {
      const character = text[at] ?? "";
      const stops = this.#braces.get(at);
      let next = at + 1;
      if (character === "\\" && next < end) {
        nodes.push(literal(text[next] ?? ""));
        next += 1;
      } else if (character === "/" && text[at + 1] === "*" && text[at + 2] === "*" && at + 3 === end) {
        nodes.push({ kind: "below" });
        next = end;
      } else if (character === "*") {
        while (next < end && text[next] === "*") next += 1;
        const wholeName = begins && next - at >= 2;
        if (wholeName && text[next] === "/" && next < end) {
          nodes.push({ kind: "folders" });
          next += 1;
        } else nodes.push({ kind: "many", takes: wholeName && next === end ? anything : inName });
      } else if (character === "?") {
        nodes.push({ kind: "one", takes: inName });
      } else if (stops !== undefined) {
        const edges = [at, ...stops];
        const choices = stops.map((stop, index) => this.sequence((edges[index] ?? at) + 1, stop, begins));
        nodes.push({ kind: "either", choices });
        next = (stops.at(-1) ?? at) + 1;
      } else {
        const set = character === "[" ? parseSet(text, at, end) : null;
        nodes.push(set === null ? literal(character) : { kind: "one", takes: set.takes });
        next = set?.next ?? next;
      }
      begins = text[next - 1] === "/";
      at = next;
    }
    return nodes;
  }
}

function literal(wanted: string): GlobNode {
  return { kind: "one", takes: (character) => character === wanted };
}

function findBraces(text: readonly string[]): Map<number, readonly number[]> {
  const braces = new Map<number, readonly number[]>();
  const open: { at: number; commas: number[] }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === "[") at = (parseSet(text, at, text.length)?.next ?? at + 1) - 1;
    else if (character === "{") open.push({ at, commas: [] });
    else if (character === ",") open.at(-1)?.commas.push(at);
    else if (character === "}") {
      const brace = open.pop();
      if (brace !== undefined && brace.commas.length > 0) braces.set(brace.at, [...brace.commas, at]);
    }
  }
  return braces;
}

/** null: it does not end. A bracket that comes first is one of the set. */
function parseSet(text: readonly string[], from: number, end: number) {
  let at = from + 1;
  const negated = text[at] === "!" || text[at] === "^";
  if (negated) at += 1;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; at < end; first = false) {
    if (text[at] === "]" && !first) {
      const holds = (code: number) => ranges.some(([low, high]) => low <= code && code <= high);
      const takes = (character: string) => character !== "/" && holds(character.codePointAt(0) ?? -1) !== negated;
      return { takes, next: at + 1 };
    }
    if (text[at] === "\\") at += 1;
    const low = text[at]?.codePointAt(0) ?? -1;
    const isRange = text[at + 1] === "-" && at + 2 < end && text[at + 2] !== "]";
    ranges.push([low, isRange ? (text[at + 2]?.codePointAt(0) ?? -1) : low]);
    at += isRange ? 3 : 1;
  }
  return null;
}
