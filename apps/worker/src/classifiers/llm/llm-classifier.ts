import type { AnswerForm } from "./answer/answer-schema.ts";
import type { ClassifierInput } from "../rules/index.ts";
import { NO_TEXT } from "./answer/make-classification.ts";
import { climb } from "./ladder/climb.ts";
import type { LlmPrices } from "./ladder/record-call.ts";
import type { LlmSettings, LlmVerdict } from "./llm-verdict.ts";
import type { Pace } from "./pace/pace.ts";
import { buildInstructions } from "./prompt/build-instructions.ts";
import { documentText } from "./prompt/document-text.ts";
import { ordersOf } from "./prompt/orders-of.ts";
import { plainText } from "./prompt/plain-text.ts";
import { TokenRuler } from "./prompt/token-ruler.ts";
import type { LlmDescription, LlmServer } from "./servers/llm-server.ts";

// In weight, not in tokens: how many those are is learnt, and the prompt must not depend on what was learnt.
const INSTRUCTIONS_SHARE = 0.4;

export type LlmJudge = (input: ClassifierInput | null, signal: AbortSignal) => Promise<LlmVerdict>;

/** Judges documents by an LLM. One for a server and model: it learns how many tokens texts are there, and keeps the pace of calls. */
export class LlmClassifier {
  readonly #server: LlmServer;
  readonly #description: LlmDescription;
  readonly #pace: Pace;
  readonly #prices: LlmPrices | null;
  readonly #serves: () => boolean;
  readonly #ruler = new TokenRuler();

  constructor(options: {
    server: LlmServer;
    /** What `server.describe()` has answered. */
    description: LlmDescription;
    pace: Pace;
    prices: LlmPrices | null;
    /** false: it is known that the server serves nobody now; what waits for its turn is put off. */
    serves?: () => boolean;
  }) {
    this.#server = options.server;
    this.#description = options.description;
    this.#pace = options.pace;
    this.#prices = options.prices;
    this.#serves = options.serves ?? (() => true);
  }

  /**
   * Judges by the settings of one batch. Throws TAXONOMY_INVALID when its categories do not fit the context. What it returns may be called at any
   * concurrency; it rejects only when its signal aborts.
   */
  judge(settings: LlmSettings): LlmJudge {
    const { taxonomy, minConfidence } = settings;
    const { contextTokens, kind: server } = this.#server;
    const form: AnswerForm = { labels: settings.labels ?? "single", withReason: settings.withReason ?? false };
    const instructions = buildInstructions(taxonomy, { ...form, maxWeight: contextTokens * INSTRUCTIONS_SHARE });
    const orders = ordersOf(taxonomy.categories);
    const { model, digest: modelDigest } = this.#description;
    const frame = { server, model, modelDigest, promptHash: instructions.promptHash };
    return async (input, signal) => {
      signal.throwIfAborted();
      const text = input === null ? null : documentText(input, orders);
      if (text === null) return { outcome: "labelled", classification: NO_TEXT, calls: [] };
      const title = input?.title === undefined ? undefined : orders.leaveOut(plainText(input.title));
      return await climb({
        server: this.#server,
        pace: this.#pace,
        ruler: this.#ruler,
        prices: this.#prices,
        frame,
        parts: { instructions: instructions.text, taxonomy, form, contextTokens, text, title },
        minConfidence,
        signal,
        serves: this.#serves,
      });
    };
  }
}
