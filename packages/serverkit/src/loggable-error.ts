/**
 * What a log may know of an error. PostgreSQL quotes the row at fault in `detail`, `where` and, for bad data, in the message
 * itself: that is text of documents, so only the names of things are kept of such errors.
 */
export interface LoggableError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly cause?: LoggableError;
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
// Data exceptions, constraints, and values too large: their messages may quote the value.
const QUOTES_VALUES = /^(22|23|54)/;
const MAX_CAUSES = 4;

export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error).slice(0, 500) };
  const facts = error as Error & Partial<Record<"code" | "table" | "column" | "constraint", unknown>>;
  const code = typeof facts.code === "string" ? facts.code : undefined;
  const quotes = code !== undefined && SQLSTATE.test(code) && QUOTES_VALUES.test(code);
  const message = quotes ? `PostgreSQL refused a value (SQLSTATE ${code})` : error.message;
  const named = Object.fromEntries(
    (["table", "column", "constraint"] as const).flatMap((name) =>
      typeof facts[name] === "string" ? [[name, facts[name]]] : [],
    ),
  );
  return {
    type: error.name,
    message,
    ...(code === undefined ? {} : { code }),
    ...named,
    // A stack begins with the message.
    ...(error.stack === undefined ? {} : { stack: quotes ? framesOf(error.stack) : error.stack }),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: loggableError(error.cause, depth + 1) }),
  };
}

function framesOf(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
