import { AppError } from "@sluice/contracts";
import { z } from "zod";
import { answerTokens, logprobsSchema } from "./answer-tokens.ts";
import { callServer, type ServerAnswer } from "./call-server.ts";
import { failedStatus, unreadable } from "./failed-status.ts";
import type { LlmDescription, LlmQuestion, LlmReply, LlmServer } from "./llm-server.ts";

export interface OllamaOptions {
  /** `http://host:11434`, with a path where a proxy has it under one. */
  readonly url: string;
  readonly model: string;
  /** The same in every call: Ollama loads the model anew for another one. */
  readonly contextTokens: number;
  readonly timeoutMs: number;
}

// Between batches it would be unloaded after five minutes, and the next call wait for it.
const KEEP_ALIVE = "30m";
const TOP_LOGPROBS = 20;
const DESCRIBE_MS = 10_000;

const tagsSchema = z.object({ models: z.array(z.object({ name: z.string(), digest: z.string() })) });
const chatSchema = z.object({
  message: z.object({ content: z.string() }),
  done_reason: z.string().optional(),
  prompt_eval_count: z.int().optional(),
  eval_count: z.int().optional(),
  logprobs: logprobsSchema.nullish(),
});

/**
 * A real Ollama. By `fetch`: the npm package knows neither limits of time nor `truncate: false`, without which a prompt that is too long
 * loses its instructions silently.
 */
export class OllamaServer implements LlmServer {
  readonly kind = "ollama";
  readonly model: string;
  readonly contextTokens: number;
  readonly #options: OllamaOptions;

  constructor(options: OllamaOptions) {
    this.#options = options;
    this.model = options.model;
    this.contextTokens = options.contextTokens;
  }

  async describe(signal?: AbortSignal): Promise<LlmDescription> {
    const answer = await this.#call("/api/tags", null, Math.min(DESCRIBE_MS, this.#options.timeoutMs), signal);
    const tags = answer.ok ? tagsSchema.safeParse(answer.json) : null;
    if (!answer.ok || tags?.success !== true) {
      throw new AppError("LLM_UNAVAILABLE", `${this.#name}: ${answer.ok ? "it is no Ollama." : answer.message}`);
    }
    // A name without a tag means `latest`, as everywhere in Ollama.
    const wanted = this.model.includes(":") ? this.model : `${this.model}:latest`;
    const found = tags.data.models.find((model) => model.name === wanted);
    if (found === undefined) throw this.#missing();
    return { model: this.model, digest: found.digest };
  }

  async warm(signal?: AbortSignal): Promise<void> {
    await this.describe(signal);
    const answer = await this.#call("/api/chat", { ...this.#frame(), messages: [] }, this.#options.timeoutMs, signal);
    if (answer.ok && answer.status === 404) throw this.#missing();
    if (!answer.ok || answer.status !== 200) {
      const said = answer.ok ? failedStatus(answer).message : answer.message;
      throw new AppError("LLM_UNAVAILABLE", `${this.#name} does not load ${this.model}: ${said}`);
    }
  }

  async ask(question: LlmQuestion, signal?: AbortSignal): Promise<LlmReply> {
    const { num_ctx } = this.#frame().options;
    const { maxOutputTokens: num_predict, temperature, seed } = question;
    const body = {
      ...this.#frame(),
      messages: question.messages,
      truncate: false,
      shift: false,
      // What a model thinks would take the tokens that its answer has.
      think: false,
      logprobs: true,
      top_logprobs: TOP_LOGPROBS,
      ...(question.schema === null ? {} : { format: question.schema }),
      options: { num_ctx, num_predict, temperature, seed },
    };
    const answer = await this.#call("/api/chat", body, this.#options.timeoutMs, signal);
    if (!answer.ok) return answer;
    if (answer.status !== 200) return failedStatus(answer);
    const chat = chatSchema.safeParse(answer.json);
    if (!chat.success) return unreadable(answer);
    const { message, done_reason, prompt_eval_count, eval_count, logprobs } = chat.data;
    return {
      ok: true,
      text: message.content,
      doneReason: done_reason === "length" ? "length" : "stop",
      inputTokens: prompt_eval_count ?? 0,
      outputTokens: eval_count ?? 0,
      latencyMs: answer.latencyMs,
      tokens: answerTokens(logprobs),
    };
  }

  get #name(): string {
    return `Ollama at ${new URL(this.#options.url).host}`;
  }

  #missing(): AppError {
    return new AppError("LLM_MODEL_MISSING", `${this.#name} has no model ${this.model}.`);
  }

  #frame() {
    const options = { num_ctx: this.contextTokens };
    return { model: this.model, stream: false, keep_alive: KEEP_ALIVE, options };
  }

  #call(path: string, body: object | null, timeoutMs: number, signal?: AbortSignal): Promise<ServerAnswer> {
    return callServer({ url: `${this.#options.url.replace(/\/+$/, "")}${path}`, body, timeoutMs, signal });
  }
}
