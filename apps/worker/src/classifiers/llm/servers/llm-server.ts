import type { LlmServerKind } from "@sluice/contracts";

export interface LlmMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** One question. What is the same for all documents stands in the first message, so that the server can keep what it made of it. */
export interface LlmQuestion {
  readonly messages: readonly LlmMessage[];
  /** JSON schema that the answer is held to; null: plain text. */
  readonly schema: object | null;
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly seed: number;
}

/** A token of the answer, with those that might have stood in its place, before any schema forbade them. */
export interface AnswerToken {
  readonly text: string;
  readonly logprob: number;
  readonly others: readonly { readonly text: string; readonly logprob: number }[];
}

export interface LlmAnswer {
  readonly ok: true;
  readonly text: string;
  /** `length`: it was cut at `maxOutputTokens`. `refused`: the server says that the model would not answer. */
  readonly doneReason: "stop" | "length" | "refused";
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
  /** null: the server gives no log-probabilities. */
  readonly tokens: readonly AnswerToken[] | null;
}

/**
 * No answer. `too_long`: the prompt does not fit the context. `busy`: its queue is full. `unreachable`: nothing answers, it stopped in
 * mid-call, or it has the model no more. `aborted`: the caller's signal.
 */
export interface LlmFailure {
  readonly ok: false;
  readonly outcome: "too_long" | "timeout" | "server_error" | "busy" | "unreachable" | "aborted";
  /** For people: what the server said, without anything of the question. */
  readonly message: string;
  readonly latencyMs: number;
  /** As the server asked, when it is busy. */
  readonly retryAfterMs?: number;
  /** How long the prompt was that is too long, where the server says. */
  readonly promptTokens?: number;
}

export type LlmReply = LlmAnswer | LlmFailure;

export interface LlmDescription {
  readonly model: string;
  /** null: the server names none. */
  readonly digest: string | null;
}

/** A server with a model, by whatever protocol. */
export interface LlmServer {
  readonly kind: LlmServerKind;
  readonly model: string;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** What it serves now. Throws LLM_UNAVAILABLE, LLM_MODEL_MISSING. */
  describe(signal?: AbortSignal): Promise<LlmDescription>;
  /** Has the model loaded before work is sent: while it loads, queues fill up. Throws as `describe` does. */
  warm(signal?: AbortSignal): Promise<void>;
  /** Never throws for what a server does. */
  ask(question: LlmQuestion, signal?: AbortSignal): Promise<LlmReply>;
}
