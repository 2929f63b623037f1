import { AppError } from "@sluice/contracts";
import { envFlag } from "@sluice/serverkit";
import { z } from "zod";
import type { LlmPrices } from "./ladder/record-call.ts";
import { OllamaServer } from "./servers/ollama-server.ts";
import { OpenAiServer } from "./servers/openai-server.ts";
import type { LlmServer } from "./servers/llm-server.ts";

const DEFAULT_OLLAMA_MODEL = "llama3.2:3b";
const OLLAMA_PORT = "11434";

const price = z.coerce.number().min(0).max(1_000_000).optional();

/** Variables that say which LLM judges documents. Without OLLAMA_HOST, OLLAMA_MODEL and SLUICE_LLM_URL there is none. */
export const llmVariables = {
  OLLAMA_HOST: z.string().optional(),
  OLLAMA_MODEL: z.string().max(300).optional(),
  SLUICE_LLM_URL: z.url({ protocol: /^https?$/ }).optional(),
  SLUICE_LLM_MODEL: z.string().max(300).optional(),
  SLUICE_LLM_API_KEY: z.string().optional(),
  SLUICE_LLM_NUM_CTX: z.coerce.number().int().min(512).max(1_048_576).default(4_096),
  SLUICE_LLM_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(3_600).default(120),
  SLUICE_LLM_MAX_CONCURRENT: z.coerce.number().int().min(1).max(1_024).default(8),
  SLUICE_LLM_REASONS: envFlag,
  SLUICE_LLM_PRICE_INPUT: price,
  SLUICE_LLM_PRICE_OUTPUT: price,
};

/** Those of them that are secrets, and may be files. */
export const LLM_SECRETS = ["SLUICE_LLM_API_KEY"] as const;

export interface LlmConfig {
  readonly server: LlmServer;
  /** Calls at a time at most. */
  readonly maxConcurrent: number;
  readonly prices: LlmPrices | null;
  /** It is asked why, too: some sixty tokens more a document, where a label takes ten. */
  readonly withReason: boolean;
}

/** What they say; null: no LLM judges here. Throws CONFIG_INVALID. */
export function llmConfig(env: z.infer<z.ZodObject<typeof llmVariables>>): LlmConfig | null {
  const server = serverOf(env);
  if (server === null) return null;
  const { SLUICE_LLM_PRICE_INPUT: input, SLUICE_LLM_PRICE_OUTPUT: output } = env;
  const prices =
    input === undefined && output === undefined
      ? null
      : { inputUsdPerMillion: input ?? 0, outputUsdPerMillion: output ?? 0 };
  return { server, maxConcurrent: env.SLUICE_LLM_MAX_CONCURRENT, prices, withReason: env.SLUICE_LLM_REASONS };
}

function serverOf(env: z.infer<z.ZodObject<typeof llmVariables>>): LlmServer | null {
  const contextTokens = env.SLUICE_LLM_NUM_CTX;
  const timeoutMs = env.SLUICE_LLM_TIMEOUT_SECONDS * 1_000;
  if (env.SLUICE_LLM_URL !== undefined) {
    if (env.SLUICE_LLM_MODEL === undefined) {
      throw new AppError("CONFIG_INVALID", "SLUICE_LLM_MODEL: SLUICE_LLM_URL names a server; name its model too.");
    }
    const [url, model] = [env.SLUICE_LLM_URL, env.SLUICE_LLM_MODEL];
    return new OpenAiServer({ url, model, apiKey: env.SLUICE_LLM_API_KEY ?? null, contextTokens, timeoutMs });
  }
  if (env.OLLAMA_HOST === undefined && env.OLLAMA_MODEL === undefined) return null;
  const url = ollamaUrl(env.OLLAMA_HOST ?? "127.0.0.1");
  return new OllamaServer({ url, model: env.OLLAMA_MODEL ?? DEFAULT_OLLAMA_MODEL, contextTokens, timeoutMs });
}

/** As Ollama's own programs read it: the scheme and the port may be left out, and a server's wildcard is this machine. */
function ollamaUrl(host: string): string {
  const url = URL.parse(/^https?:\/\//.test(host) ? host : `http://${host}`);
  if (url === null) throw new AppError("CONFIG_INVALID", `OLLAMA_HOST: "${host}" is no address of a server.`);
  if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
  const isPlain = url.port === "" && url.protocol === "http:" && !/:80(\/|$)/.test(host);
  if (isPlain) url.port = OLLAMA_PORT;
  return url.origin + url.pathname.replace(/\/+$/, "");
}
