import type { LlmOutcome } from "@sluice/contracts";
import { z } from "zod";
import type { LlmAnswer } from "../servers/llm-server.ts";

export interface ReadAnswer {
  readonly ok: true;
  /** Known ids, as they were given, none twice. */
  readonly given: readonly string[];
  readonly reason?: string;
}

export type UnusableAnswer = {
  readonly ok: false;
  readonly outcome: Extract<LlmOutcome, "foreign_label" | "cut" | "whitespace" | "refused">;
};

const MAX_REASON = 500;
const answerShape = z.object({
  category: z.string().optional(),
  categories: z.array(z.string()).optional(),
  reason: z.string().optional(),
});

const REFUSAL =
  /\b(?:i (?:can(?:no|')t|am unable|won't)|i'm (?:sorry|unable)|as an ai|cannot (?:assist|comply|help))\b/i;

/** An answer in JSON. `known` are the ids of the taxonomy. */
export function readAnswer(answer: LlmAnswer, known: ReadonlySet<string>): ReadAnswer | UnusableAnswer {
  const unusable = unusableAnswer(answer);
  const object = parseObject(answer.text) ?? (answer.doneReason === "length" ? withoutItsEnd(answer.text) : null);
  const parsed = answerShape.safeParse(object);
  if (!parsed.success) return { ok: false, outcome: unusable ?? "foreign_label" };
  const { category, categories, reason } = parsed.data;
  const said = categories ?? (category === undefined ? null : [category]);
  // A whole object counts even where what follows it was cut.
  if (said === null || said.some((id) => !known.has(id))) return { ok: false, outcome: unusable ?? "foreign_label" };
  return {
    ok: true,
    given: [...new Set(said)],
    ...(reason === undefined || reason.trim() === "" ? {} : { reason: shorten(reason.trim()) }),
  };
}

/** An answer in numbers of the list of categories, the plainest form. `ids` are in the list's order. */
export function readNumbers(
  answer: LlmAnswer,
  ids: readonly string[],
  labels: "single" | "multi",
): ReadAnswer | UnusableAnswer {
  const numbers = answer.text.match(/\d+/g) ?? [];
  const said = numbers.map((digits) => ids[Number(digits) - 1]);
  const usable = said.length > 0 && said.every((id) => id !== undefined) && (labels === "multi" || said.length === 1);
  if (usable) return { ok: true, given: [...new Set(said as string[])] };
  if (labels === "multi" && answer.text.trim() === "0") return { ok: true, given: [] };
  return { ok: false, outcome: unusableAnswer(answer) ?? "foreign_label" };
}

function unusableAnswer(answer: LlmAnswer): UnusableAnswer["outcome"] | null {
  if (answer.doneReason === "refused" || REFUSAL.test(answer.text)) return "refused";
  if (answer.text.trim() === "" || /\s{16,}$/.test(answer.text)) return "whitespace";
  return answer.doneReason === "length" ? "cut" : null;
}

/** The object in a text that may be fenced as code, or preceded by what a model thought. */
function parseObject(text: string): unknown {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (from < 0 || to < from) return null;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return null;
  }
}

/** An answer whose labels are whole, and whose reason is cut. */
function withoutItsEnd(text: string): unknown {
  const [, labels, reason = ""] =
    /^\s*\{\s*("categor(?:y|ies)"\s*:[^{}]*?)\s*,\s*"reason"\s*:\s*"([\s\S]*)$/.exec(text) ?? [];
  if (labels === undefined) return null;
  // Escapes may be cut as well.
  const said = reason.replace(/\\(?:u[0-9a-f]{0,3})?$/i, "");
  return parseObject(`{${labels},"reason":"${said} …"}`);
}

function shorten(reason: string): string {
  return reason.slice(0, MAX_REASON).replace(/[\ud800-\udbff]$/, "");
}
