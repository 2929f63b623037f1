import { AppError } from "@sluice/contracts";
import type { z } from "zod";
import { answerError, ApiError } from "./api-error.ts";
import { backOffMs, pause } from "./back-off.ts";

export interface HttpTarget {
  readonly baseUrl: string;
  readonly token: string | null;
  readonly fetch: typeof fetch;
  /** From sending a request to the end of its answer; for a stream, to its head and then between two chunks. */
  readonly timeoutMs: number;
}

/** A stream can be sent once: its call is not repeatable. */
export type CallBody = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

export interface Call {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: CallBody;
  contentType?: string;
  accept?: string;
  headers?: Readonly<Record<string, string>>;
  /** Doing it twice is the same as doing it once: it may be sent again after a failure that can pass. */
  repeatable: boolean;
  /** A server that is full (429) is waited for as long as it takes: it says by itself when there is room. */
  patient?: boolean;
  /** A status besides those of success whose answer is no error but what was asked for. */
  answersWith?: number;
  signal?: AbortSignal;
}

/** Sends of a repeatable call, the first included; with back-off about 6 s of patience. */
const MAX_SENDS = 6;
/** A server that asks for a longer wait than this is answered with its own error instead. */
const MAX_RETRY_AFTER_MS = 15_000;

/** Makes a call whose answer matters only by its status. Throws ApiError. */
export async function callForText(target: HttpTarget, call: Call): Promise<string> {
  return await withRetries(call, () => sendForText(target, call));
}

/** Makes a call and parses its JSON answer. Throws ApiError. */
export async function callJson<S extends z.ZodType>(target: HttpTarget, call: Call, schema: S): Promise<z.infer<S>> {
  const text = await callForText(target, call);
  let value: unknown;
  try {
    value = text === "" ? undefined : JSON.parse(text);
  } catch (error) {
    throw notUnderstood(target, call, "it is no JSON", error);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw notUnderstood(target, call, `${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`, parsed.error);
  }
  return parsed.data;
}

/**
 * Opens a stream. The reader pulls chunks from `chunks`; a silence longer than the time limit ends it with UNREACHABLE,
 * as does a connection that breaks. Leaving the loop closes the connection.
 */
export async function* callStream(target: HttpTarget, call: Call): AsyncGenerator<Uint8Array, void, undefined> {
  const silence = new AbortController();
  const expire = () => silence.abort(new DOMException("no sign of life", "TimeoutError"));
  let timer = setTimeout(expire, target.timeoutMs);
  const signal = call.signal === undefined ? silence.signal : AbortSignal.any([call.signal, silence.signal]);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const response = await send(target, call, signal);
    if (response.body === null) return;
    reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    for (;;) {
      const { done, value } = await read(target, call, reader);
      if (done) return;
      // The consumer's own pace is no silence of the server.
      clearTimeout(timer);
      yield value;
      timer = setTimeout(expire, target.timeoutMs);
    }
  } finally {
    clearTimeout(timer);
    await reader?.cancel().catch(() => {});
  }
}

async function read(target: HttpTarget, call: Call, reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (error) {
    throw networkError(target, call, error);
  }
}

async function sendForText(target: HttpTarget, call: Call): Promise<string> {
  const timeout = AbortSignal.timeout(target.timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const response = await send(target, call, signal);
  try {
    return await response.text();
  } catch (error) {
    throw networkError(target, call, error);
  }
}

async function send(target: HttpTarget, call: Call, signal: AbortSignal): Promise<Response> {
  const url = new URL(target.baseUrl + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers: Record<string, string> = { accept: call.accept ?? "application/json", ...call.headers };
  if (target.token !== null) headers["authorization"] = `Bearer ${target.token}`;
  if (call.body !== undefined) headers["content-type"] = call.contentType ?? "application/json";
  let response: Response;
  try {
    response = await target.fetch(url, {
      method: call.method,
      headers,
      signal,
      // A token must not follow a redirect to another host.
      redirect: "manual",
      ...(call.body === undefined ? {} : { body: call.body }),
      // Asked for by Node where a body is a stream.
      ...(call.body instanceof ReadableStream ? { duplex: "half" as const } : {}),
    });
  } catch (error) {
    throw networkError(target, call, error);
  }
  if (response.ok || response.status === call.answersWith) return response;
  throw await answerError(response, `${call.method} ${call.path}`);
}

async function withRetries<T>(call: Call, once: () => Promise<T>): Promise<T> {
  for (let sends = 1; ;) {
    try {
      return await once();
    } catch (error) {
      const fullForMs = call.patient === true ? whenFullMs(error) : null;
      const waitMs = fullForMs ?? (call.repeatable && sends < MAX_SENDS ? retryDelayMs(error, sends) : null);
      if (waitMs === null) throw error;
      if (fullForMs === null) sends += 1;
      await pause(waitMs, call.signal);
    }
  }
}

/** How long a server that is full is left alone: as long as it asks for, and each client a little longer than another. */
function whenFullMs(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.status !== 429) return null;
  return Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) * (1 + Math.random() / 2) + backOffMs(1);
}

/** How long to wait before sending again after this error, or null when that cannot help. */
export function retryDelayMs(error: unknown, attempt: number): number | null {
  // A worker comes in its own time, or never: whoever wants to wait for one says how long.
  if (!(error instanceof ApiError) || error.code === "NO_WORKERS") return null;
  if (!error.retryable) return null;
  const askedMs = error.retryAfterMs ?? 0;
  if (askedMs > MAX_RETRY_AFTER_MS) return null;
  return Math.max(askedMs, backOffMs(attempt));
}

function networkError(target: HttpTarget, call: Call, error: unknown): unknown {
  // The caller's own abort is not the network's fault.
  if (call.signal?.aborted === true) return call.signal.reason;
  // A `fetch` of the caller's own may know that trying again does not help.
  if (error instanceof AppError) return error;
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  const reason = timedOut
    ? `no answer within ${target.timeoutMs / 1000} s`
    : error instanceof Error
      ? error.message
      : String(error);
  return new ApiError("UNREACHABLE", `${call.method} ${target.baseUrl}${call.path}: ${reason}`, {
    status: 0,
    cause: error,
  });
}

function notUnderstood(target: HttpTarget, call: Call, reason: string, cause: unknown): ApiError {
  return new ApiError(
    "PROTOCOL_MISMATCH",
    `${call.method} ${target.baseUrl}${call.path} gave an answer that this version does not understand: ${reason}`,
    { status: 200, cause },
  );
}
