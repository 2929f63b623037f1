import type { LlmFailure } from "./llm-server.ts";

/** More is no answer of a label, whoever sends it. */
const MAX_ANSWER_BYTES = 4 << 20;

export interface ServerCall {
  readonly url: string;
  /** null: a GET. */
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type ServerAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      /** null: it is no JSON. */
      readonly json: unknown;
      readonly latencyMs: number;
      readonly retryAfterMs: number | null;
    }
  | LlmFailure;

/** One request to an LLM's server, with a limit of time. Failures of the connection are values. */
export async function callServer(call: ServerCall): Promise<ServerAnswer> {
  const started = performance.now();
  const limit = AbortSignal.timeout(call.timeoutMs);
  const failed = (outcome: LlmFailure["outcome"], message: string): LlmFailure => {
    return { ok: false, outcome, message, latencyMs: performance.now() - started };
  };
  try {
    const response = await fetch(call.url, {
      method: call.body === null ? "GET" : "POST",
      headers: { "content-type": "application/json", ...call.headers },
      ...(call.body === null ? {} : { body: JSON.stringify(call.body) }),
      // A key goes to the server that was named, and to no other.
      redirect: "error",
      // Bun's own limit is six minutes of silence, and slow models take longer to begin.
      timeout: false,
      signal: call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]),
    });
    const text = await readBounded(response);
    if (text === null) return failed("server_error", `It answered more than ${MAX_ANSWER_BYTES} bytes.`);
    return {
      ok: true,
      status: response.status,
      json: parseJson(text),
      latencyMs: performance.now() - started,
      retryAfterMs: retryAfter(response),
    };
  } catch {
    if (call.signal?.aborted === true) return failed("aborted", "The call was given up.");
    if (limit.aborted) return failed("timeout", `No answer within ${Math.round(call.timeoutMs / 1000)} s.`);
    // What is thrown may hold the address, with a key in it, or parts of the body.
    return failed("unreachable", "No connection, or it was closed before the answer.");
  }
}

async function readBounded(response: Response): Promise<string | null> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** In seconds; dates are not waited for. */
function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : null;
}
