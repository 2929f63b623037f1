import type { AnswerToken } from "../servers/llm-server.ts";

/**
 * How sure the model was of each label, from the log-probabilities of the tokens that spell the one it gave.
 *
 * Labels begin alike (`invoice`, `invoice_credit`, `inventory`) and are cut into tokens as the tokenizer likes, so what is compared is not whole
 * labels but, at each token, the ways in which some label can still go on: the probabilities of all other tokens, which a schema forbids
 * but which servers report as they were before it, are left out, and the rest is made to sum to 1. What an alternative gets is
 * the labels' that can go on with it, in equal parts where there are several: how those would have parted was never asked. The token that was chosen
 * hands its part on to the next, until one label is left. An alternative outside of the reported best counts as impossible.
 *
 * `start` is the offset in the tokens' text where the label begins, `end` the sign that ends it. null: the tokens spell none of the labels.
 */
export function labelOdds(
  tokens: readonly AnswerToken[],
  start: number,
  labels: readonly string[],
  end = '"',
): Map<string, number> | null {
  const odds = new Map(labels.map((label) => [label, 0]));
  let alive: readonly string[] = labels;
  let spelt = "";
  let share = 1;
  let offset = 0;
  for (const token of tokens) {
    const from = offset;
    offset += token.text.length;
    if (offset <= start) continue;
    // The token in which the label begins may hold the sign before it, too; only alternatives that do can be compared.
    const lead = token.text.slice(0, Math.max(0, start - from));
    const rest = token.text.slice(lead.length);
    const next = goingOn(alive, spelt, rest, end);
    if (next.length === 0) return null;
    const others = alternatives(token, lead).map(({ text, logprob }) => ({
      labels: goingOn(alive, spelt, text, end),
      probability: Math.exp(logprob),
    }));
    const chosen = Math.exp(token.logprob);
    const total = others.reduce((sum, other) => sum + (other.labels.length > 0 ? other.probability : 0), chosen);
    if (!(total > 0)) return null;
    for (const other of others) {
      for (const label of other.labels) {
        const part = (share * other.probability) / total / other.labels.length;
        odds.set(label, (odds.get(label) ?? 0) + part);
      }
    }
    share *= chosen / total;
    alive = next;
    spelt += rest;
    const [only] = alive;
    if (alive.length === 1 && only !== undefined) {
      odds.set(only, Math.min(1, (odds.get(only) ?? 0) + share));
      return odds;
    }
  }
  // The answer ended with the label, without its sign.
  if (!alive.includes(spelt)) return null;
  odds.set(spelt, Math.min(1, (odds.get(spelt) ?? 0) + share));
  return odds;
}

/** Labels that go on with `text` after what is spelt already, or end in it. */
function goingOn(labels: readonly string[], spelt: string, text: string, end: string): readonly string[] {
  if (text === "") return [];
  return labels.filter((label) => {
    const rest = label.slice(spelt.length) + end;
    return label.startsWith(spelt) && (rest.startsWith(text) || text.startsWith(rest));
  });
}

function alternatives(token: AnswerToken, lead: string): { text: string; logprob: number }[] {
  return token.others
    .filter((other) => other.text !== token.text && other.text.startsWith(lead))
    .map(({ text, logprob }) => ({ text: text.slice(lead.length), logprob }));
}
