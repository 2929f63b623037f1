import { ERROR_RULES, type ErrorCode } from "./error-codes.ts";

/** What an error carries besides its code and message: facts for the log and the wire, never document text. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

/** The one error class that crosses module borders. `cause` keeps what was caught; it is logged, never sent. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, message: string, options: { context?: ErrorContext; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.context = options.context ?? {};
  }

  get advice(): string {
    return ERROR_RULES[this.code].advice;
  }

  get retryable(): boolean {
    return ERROR_RULES[this.code].retryable;
  }
}
