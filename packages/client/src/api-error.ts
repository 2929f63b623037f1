import { AppError, type ErrorCode, type ErrorContext, isErrorCode } from "@sluice/contracts";
import { z } from "zod";

/** An answer that is no success, or none at all (`status` 0). */
export class ApiError extends AppError {
  readonly status: number;
  readonly requestId: string | null;
  /** From Retry-After, where the server sent it. */
  readonly retryAfterMs: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      status: number;
      requestId?: string | null;
      retryAfterMs?: number | null;
      context?: ErrorContext;
      cause?: unknown;
    },
  ) {
    super(code, message, {
      ...(options.context === undefined ? {} : { context: options.context }),
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    });
    this.status = options.status;
    this.requestId = options.requestId ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Read loosely: a newer server may name a code that this client does not know. */
const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  requestId: z.string().optional(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** The error in an answer with a status of 400 or more; a body that is no problem document (a proxy's page) is left out. */
export async function answerError(response: Response, what: string): Promise<ApiError> {
  const text = await response.text().catch(() => "");
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
  const { status } = response;
  const problem = problemSchema.safeParse(parseJson(text));
  if (!problem.success) {
    return new ApiError(codeOfStatus(status), `${what} was answered with status ${status}`, { status, retryAfterMs });
  }
  const { code, detail, requestId, context } = problem.data;
  return new ApiError(isErrorCode(code) ? code : codeOfStatus(status), detail, {
    status,
    requestId: requestId ?? null,
    retryAfterMs,
    ...(context === undefined ? {} : { context }),
  });
}

/** Seconds or a date (RFC 9110), in milliseconds from now. */
export function parseRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "UNAUTHORIZED";
    case 403:
      return "FORBIDDEN";
    case 404:
      return "NOT_FOUND";
    case 409:
      return "CONFLICT";
    case 413:
      return "PAYLOAD_TOO_LARGE";
    case 429:
      return "BUSY";
    case 502:
    case 503:
    case 504:
      return "UNREACHABLE";
    default:
      return status >= 500 ? "INTERNAL" : "BAD_REQUEST";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
