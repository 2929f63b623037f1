import { AppError } from "@sluice/contracts";
import { z } from "zod";
import { answerTokens, logprobsSchema } from "./answer-tokens.ts";
import { callServer, type ServerAnswer } from "./call-server.ts";
import { failedStatus, unreadable } from "./failed-status.ts";
import type { LlmDescription, LlmQuestion, LlmReply, LlmServer } from "./llm-server.ts";

export interface OpenAiOptions {
  /** With or without `/v1`. */
  readonly url: string;
  readonly model: string;
  readonly apiKey: string | null;
  readonly contextTokens: number;
  readonly timeoutMs: number;
}

const TOP_LOGPROBS = 20;
const DESCRIBE_MS = 10_000;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string(), aliases: z.array(z.string()).optional() })) });
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        logprobs: z.object({ content: logprobsSchema.nullish() }).nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int() }).nullish(),
});

/** Any server that speaks OpenAI's chat completions with a JSON schema: vLLM, llama.cpp, OpenAI. */
export class OpenAiServer implements LlmServer {
  readonly kind = "openai";
  readonly model: string;
  readonly contextTokens: number;
  readonly #options: OpenAiOptions;
  readonly #endpoint: string;
  /** Not every server has log-probabilities: after one refusal they are asked for no more. */
  #givesLogprobs = true;

  constructor(options: OpenAiOptions) {
    this.#options = options;
    this.model = options.model;
    this.contextTokens = options.contextTokens;
    const url = options.url.replace(/\/+$/, "");
    this.#endpoint = url.endsWith("/v1") ? url : `${url}/v1`;
  }

  async describe(signal?: AbortSignal): Promise<LlmDescription> {
    const answer = await this.#call("/models", null, Math.min(DESCRIBE_MS, this.#options.timeoutMs), signal);
    const models = answer.ok && answer.status === 200 ? modelsSchema.safeParse(answer.json) : null;
    if (models?.success !== true) {
      throw new AppError("LLM_UNAVAILABLE", `${this.#name}: ${this.#why(answer)}`);
    }
    if (!models.data.data.some(({ id, aliases }) => id === this.model || aliases?.includes(this.model) === true)) {
      throw new AppError("LLM_MODEL_MISSING", `${this.#name} has no model ${this.model}.`);
    }
    return { model: this.model, digest: null };
  }

  async warm(signal?: AbortSignal): Promise<void> {
    await this.describe(signal);
    // Such servers have their model loaded before they list it.
  }

  async ask(question: LlmQuestion, signal?: AbortSignal): Promise<LlmReply> {
    const hadLogprobs = this.#givesLogprobs;
    const answer = await this.#call("/chat/completions", this.#body(question), this.#options.timeoutMs, signal);
    if (!answer.ok) return answer;
    if (answer.status === 400 && hadLogprobs && /logprob/i.test(JSON.stringify(answer.json ?? ""))) {
      this.#givesLogprobs = false;
      return await this.ask(question, signal);
    }
    if (answer.status !== 200) return failedStatus(answer);
    const completion = completionSchema.safeParse(answer.json);
    const choice = completion.data?.choices[0];
    if (choice === undefined) return unreadable(answer);
    const isRefused = choice.finish_reason === "content_filter" || (choice.message.refusal ?? "") !== "";
    return {
      ok: true,
      text: choice.message.content ?? "",
      doneReason: isRefused ? "refused" : choice.finish_reason === "length" ? "length" : "stop",
      inputTokens: completion.data?.usage?.prompt_tokens ?? 0,
      outputTokens: completion.data?.usage?.completion_tokens ?? 0,
      latencyMs: answer.latencyMs,
      tokens: answerTokens(choice.logprobs?.content),
    };
  }

  #body(question: LlmQuestion): object {
    const json_schema = { name: "label", strict: true, schema: question.schema };
    return {
      model: this.model,
      messages: question.messages,
      max_completion_tokens: question.maxOutputTokens,
      temperature: question.temperature,
      seed: question.seed,
      ...(question.schema === null ? {} : { response_format: { type: "json_schema", json_schema } }),
      ...(this.#givesLogprobs ? { logprobs: true, top_logprobs: TOP_LOGPROBS } : {}),
    };
  }

  get #name(): string {
    return `The LLM's server at ${new URL(this.#options.url).host}`;
  }

  #why(answer: ServerAnswer): string {
    if (!answer.ok) return answer.message;
    if (answer.status === 401 || answer.status === 403) return "it refuses the key (SLUICE_LLM_API_KEY).";
    return answer.status === 200 ? "it lists no models at /v1/models." : failedStatus(answer).message;
  }

  #call(path: string, body: object | null, timeoutMs: number, signal?: AbortSignal): Promise<ServerAnswer> {
    const { apiKey } = this.#options;
    const headers = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
    return callServer({ url: `${this.#endpoint}${path}`, body, headers, timeoutMs, signal });
  }
}
