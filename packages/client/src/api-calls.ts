import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { CallOptions, OnceOptions } from "./call-options.ts";
import { type Call, callJson, type HttpTarget } from "./http-call.ts";

/** Calls with JSON on both sides, each with the rule by which it may be sent again. Throws ApiError. */
export class ApiCalls {
  readonly target: HttpTarget;

  constructor(target: HttpTarget) {
    this.target = target;
  }

  /** For what takes as long as a batch is large: bound by ten minutes. */
  get slow(): HttpTarget {
    return { ...this.target, timeoutMs: Math.max(this.target.timeoutMs, 600_000) };
  }

  get<S extends z.ZodType>(
    path: string,
    schema: S,
    query: Record<string, string | number | undefined>,
    { signal }: CallOptions,
  ): Promise<z.infer<S>> {
    const call: Call = { method: "GET", path, query, repeatable: true };
    return callJson(this.target, signal === undefined ? call : { ...call, signal }, schema);
  }

  post<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    { signal }: CallOptions,
    repeatable = false,
  ): Promise<z.infer<S>> {
    const call: Call = { method: "POST", path, body: JSON.stringify(body), repeatable };
    return callJson(this.target, signal === undefined ? call : { ...call, signal }, schema);
  }

  /** A change that is made once however often it is sent: under the caller's name for it, or one of its own. */
  once<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    { idempotencyKey, signal }: OnceOptions,
    target = this.target,
  ): Promise<z.infer<S>> {
    const headers = { "idempotency-key": idempotencyKey ?? randomUUID() };
    const call: Call = { method: "POST", path, body: JSON.stringify(body), headers, repeatable: true };
    return callJson(target, signal === undefined ? call : { ...call, signal }, schema);
  }
}
