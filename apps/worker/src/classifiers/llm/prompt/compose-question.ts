import { type AnswerForm, answerSchema, answerTokens } from "../answer/answer-schema.ts";
import type { LlmQuestion } from "../servers/llm-server.ts";
import type { Taxonomy } from "@sluice/contracts";
import { frameDocument } from "./frame-document.ts";
import { takeExcerpt } from "./take-excerpt.ts";
import { type TokenRuler, weigh } from "./token-ruler.ts";

/** What a document is shows within a page or two: more costs time in proportion, and drowns what matters. */
const MOST_DOCUMENT_TOKENS = 1_500;
/** What templates put around two messages. */
const TEMPLATE_TOKENS = 48;
/** What a number, or a few, can take when a model says a word with it. */
const NUMBER_TOKENS = 16;
/** A shorter excerpt tells nothing. */
const LEAST_DOCUMENT_TOKENS = 24;

export interface QuestionParts {
  readonly instructions: string;
  readonly taxonomy: Taxonomy;
  readonly form: AnswerForm;
  readonly contextTokens: number;
  readonly text: string;
  readonly title: string | undefined;
}

export interface ComposedQuestion {
  readonly question: LlmQuestion;
  /** Something of the document was left out. */
  readonly truncated: boolean;
  /** Of all its messages (see `weigh`). */
  readonly weight: number;
}

/** Asks about a document, within the server's context. null: next to nothing of the document would fit. */
export function composeQuestion(
  parts: QuestionParts,
  how: { answer: "json" | "number"; temperature: number; share: number; seed: number },
  ruler: TokenRuler,
): ComposedQuestion | null {
  const { instructions, taxonomy, form, contextTokens, title } = parts;
  const asked = request(how.answer, form);
  const maxOutputTokens = how.answer === "json" ? answerTokens(taxonomy, form) : NUMBER_TOKENS;
  const frame = ruler.estimate(instructions + frameDocument({ title, text: "", request: asked }));
  const room = Math.min(contextTokens - maxOutputTokens - TEMPLATE_TOKENS - frame, MOST_DOCUMENT_TOKENS);
  if (room < LEAST_DOCUMENT_TOKENS) return null;
  const tokens = Math.max(room * how.share, LEAST_DOCUMENT_TOKENS);
  const { text, truncated } = takeExcerpt(parts.text, ruler.weightOf(tokens));
  const content = frameDocument({ title, text, request: asked });
  return {
    question: {
      messages: [
        { role: "system", content: instructions },
        { role: "user", content },
      ],
      schema: how.answer === "json" ? answerSchema(taxonomy, form) : null,
      maxOutputTokens,
      temperature: how.temperature,
      seed: how.seed,
    },
    truncated,
    weight: weigh(instructions) + weigh(content),
  };
}

/** Stands behind the document, where models heed it most. */
function request(answer: "json" | "number", form: AnswerForm): string {
  const isSingle = form.labels === "single";
  if (answer === "number") {
    return isSingle
      ? "Which category fits that document? Answer with its number in the list and nothing else."
      : "Which categories fit that document? Answer with their numbers in the list and nothing else, or 0 for none.";
  }
  const reason = form.withReason ? ', "reason": "…"' : "";
  return isSingle
    ? `Which category fits that document? Answer in JSON: {"category": "id"${reason}}`
    : `Which categories fit that document? Answer in JSON: {"categories": ["id", …]${reason}}`;
}
