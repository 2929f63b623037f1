import type { LlmAnswer } from "../servers/llm-server.ts";
import { labelOdds } from "./label-odds.ts";
import type { ReadAnswer } from "./read-answer.ts";

export interface SureLabel {
  readonly category: string;
  readonly confidence: number;
}

export interface Sureness {
  /** What was given, the surest first. */
  readonly labels: readonly SureLabel[];
  /** The likeliest that was not given; only where one label is asked for. */
  readonly runnerUp: SureLabel | null;
}

/** How sure the model was of what it gave, by the log-probabilities of its answer (`labelOdds`). null: it has none that can be used. */
export function labelConfidence(
  answer: LlmAnswer,
  read: ReadAnswer,
  ids: readonly string[],
  form: "single" | "multi" | "number",
): Sureness | null {
  if (answer.tokens === null) return null;
  // Offsets are the tokens': what a server makes of them as a text may differ.
  const text = answer.tokens.map((token) => token.text).join("");
  if (form === "multi") return ofList(answer.tokens, text, read, ids);
  const named = form === "number" ? ids.map((_, index) => String(index + 1)) : ids;
  const start = startOf(text, form === "number" ? /(?=\d)/ : /"category"\s*:\s*"/);
  const odds = start === null ? null : labelOdds(answer.tokens, start, named, form === "number" ? "\n" : '"');
  if (odds === null) return null;
  const ranked = ids.map((category, index) => ({ category, confidence: odds.get(named[index] ?? "") ?? 0 }));
  const [given] = read.given;
  const labels = ranked.filter(({ category }) => category === given);
  const others = ranked.filter(({ category, confidence }) => category !== given && confidence > 0);
  others.sort((left, right) => right.confidence - left.confidence);
  return { labels, runnerUp: others[0] ?? null };
}

/** Each against those that were still to be had when it was given. */
function ofList(
  tokens: NonNullable<LlmAnswer["tokens"]>,
  text: string,
  read: ReadAnswer,
  ids: readonly string[],
): Sureness | null {
  let from = startOf(text, /"categories"\s*:\s*\[/);
  if (from === null) return null;
  const labels: SureLabel[] = [];
  for (const category of read.given) {
    const at: number = text.indexOf(`"${category}"`, from);
    if (at < 0) return null;
    const left = ids.filter((id) => !labels.some((label) => label.category === id));
    const odds = labelOdds(tokens, at + 1, left);
    if (odds === null) return null;
    labels.push({ category, confidence: odds.get(category) ?? 0 });
    from = at + category.length + 2;
  }
  labels.sort((left, right) => right.confidence - left.confidence);
  return { labels, runnerUp: null };
}

function startOf(text: string, before: RegExp): number | null {
  const found = before.exec(text);
  return found === null ? null : found.index + found[0].length;
}
