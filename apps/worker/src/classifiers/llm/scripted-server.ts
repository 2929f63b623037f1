import type { AnswerToken, LlmAnswer, LlmFailure, LlmQuestion, LlmReply, LlmServer } from "./servers/llm-server.ts";

export type Script = (question: LlmQuestion, call: number) => LlmReply | Promise<LlmReply>;

/** A server for unit tests that answers as it is told; what real ones do is in test/llm-protocol.test.ts. */
export class ScriptedServer implements LlmServer {
  readonly kind = "ollama";
  readonly model = "scripted";
  readonly contextTokens: number;
  readonly asked: LlmQuestion[] = [];
  readonly #script: Script;

  constructor(script: Script, contextTokens = 2_048) {
    this.#script = script;
    this.contextTokens = contextTokens;
  }

  async describe() {
    return { model: this.model, digest: "d".repeat(64) };
  }

  async warm(): Promise<void> {}

  async ask(question: LlmQuestion): Promise<LlmReply> {
    this.asked.push(question);
    return await this.#script(question, this.asked.length);
  }
}

export function answered(text: string, more: Partial<LlmAnswer> = {}): LlmAnswer {
  const tokens: AnswerToken[] = [{ text, logprob: 0, others: [] }];
  return { ok: true, text, doneReason: "stop", inputTokens: 200, outputTokens: 10, latencyMs: 5, tokens, ...more };
}

export function failed(outcome: LlmFailure["outcome"], more: Partial<LlmFailure> = {}): LlmFailure {
  return { ok: false, outcome, message: `It was ${outcome}.`, latencyMs: 5, ...more };
}
