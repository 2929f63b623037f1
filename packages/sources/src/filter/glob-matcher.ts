/**
 * Globs in time that grows with pattern times path and no faster, whatever the pattern: it comes from strangers, and is matched where
 * everybody's requests are answered. All readings of a pattern are followed beside each other (Thompson's construction).
 */
import { type GlobNode, parseGlob } from "./parse-glob.ts";

type State =
  | { readonly kind: "end" }
  | { readonly kind: "split"; readonly next: readonly number[] }
  | { readonly kind: "take"; takes(character: string): boolean; readonly next: number };

/** Whether a whole path is what a pattern says. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const states: State[] = [{ kind: "end" }];
  const start = sequence(states, parseGlob(pattern), 0);
  const marks = new Uint32Array(states.length);
  let mark = 0;
  const waiting: number[] = [];
  const spread = (from: number, into: number[]): void => {
    waiting.push(from);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const state = states[at];
      if (state?.kind === "split") for (const next of state.next) waiting.push(next);
      else into.push(at);
    }
  };
  return (path) => {
    marks.fill(0);
    mark = 1;
    let current: number[] = [];
    spread(start, current);
    for (const character of path) {
      mark += 1;
      const following: number[] = [];
      for (const at of current) {
        const state = states[at];
        if (state?.kind === "take" && state.takes(character)) spread(state.next, following);
      }
      current = following;
      if (current.length === 0) return false;
    }
    return current.includes(0);
  };
}

/** From the end: each part knows what comes behind it. Returns the state to begin in. */
function sequence(states: State[], nodes: readonly GlobNode[], behind: number): number {
  return nodes.reduceRight((next, node) => part(states, node, next), behind);
}

function part(states: State[], node: GlobNode, next: number): number {
  switch (node.kind) {
    case "one":
      return add(states, { kind: "take", takes: node.takes, next });
    case "many":
      return loop(states, node.takes, next);
    case "folders": {
      const slash = add(states, { kind: "take", takes: (character) => character === "/", next });
      return add(states, { kind: "split", next: [next, loop(states, () => true, slash)] });
    }
    case "below": {
      const rest = loop(states, () => true, next);
      const slash = add(states, { kind: "take", takes: (character) => character === "/", next: rest });
      return add(states, { kind: "split", next: [next, slash] });
    }
    case "either":
      return add(states, { kind: "split", next: node.choices.map((choice) => sequence(states, choice, next)) });
  }
}

function loop(states: State[], takes: (character: string) => boolean, next: number): number {
  const again = states.length + 1;
  const taking = add(states, { kind: "take", takes, next: again });
  return add(states, { kind: "split", next: [next, taking] });
}

function add(states: State[], state: State): number {
  return states.push(state) - 1;
}
