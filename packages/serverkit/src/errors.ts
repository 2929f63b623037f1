import { AppError, ERROR_RULES, type ErrorCode, type Problem } from "@sluice/contracts";
import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { ZodError } from "zod";
import type { Logger } from "./logger.ts";

const RETRY_AFTER_SECONDS = 1;

/** The one place where an exception becomes a response: RFC 9457 problem details with our code and the next step. */
export function handleError(logger: Logger): ErrorHandler {
  return (error, context) => {
    const appError = toAppError(error);
    const requestId = crypto.randomUUID();
    const status = ERROR_RULES[appError.code].httpStatus;
    const facts = { requestId, code: appError.code, method: context.req.method, path: context.req.path };
    if (status >= 500 && appError.code === "INTERNAL") logger.error({ ...facts, err: error }, "request failed");
    else logger.debug({ ...facts, detail: appError.message }, "request refused");
    return problemResponse(context, appError, requestId);
  };
}

/** What is at no path is not found; what is at one for other methods only says for which: `allowed` of a path. */
export function notFound(allowed: (path: string) => readonly string[] = () => []): NotFoundHandler {
  return (context) => {
    const { method, path } = context.req;
    const methods = allowed(path);
    const detail = `There is no ${method} ${path}.`;
    const code = methods.length === 0 ? "NOT_FOUND" : "METHOD_NOT_ALLOWED";
    const answer = problemResponse(context, new AppError(code, detail), crypto.randomUUID());
    if (methods.length > 0) answer.headers.set("allow", methods.join(", "));
    return answer;
  };
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) {
    return new AppError("BAD_REQUEST", describeZodError(error), {
      context: { pointer: faultPointer(error) },
      cause: error,
    });
  }
  if (error instanceof SyntaxError) return new AppError("BAD_REQUEST", "The body is not valid JSON.", { cause: error });
  if (error instanceof HTTPException) {
    // What checks bodies against their schemas has one status for all it refuses.
    if (error.message === "Unsupported Media Type") {
      return new AppError("UNSUPPORTED_MEDIA_TYPE", "The body is of a type that is not taken here.", { cause: error });
    }
    return new AppError(codeOfStatus(error.status), error.message || "The request was refused.", { cause: error });
  }
  return new AppError("INTERNAL", "Something went wrong inside the server.", { cause: error });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "UNAUTHORIZED";
  if (status === 403) return "FORBIDDEN";
  if (status === 404) return "NOT_FOUND";
  if (status === 413) return "PAYLOAD_TOO_LARGE";
  if (status === 415) return "UNSUPPORTED_MEDIA_TYPE";
  return status < 500 ? "BAD_REQUEST" : "INTERNAL";
}

/** Paths and messages of a schema's faults, first five, what is unknown first. `whole` is what the path of no member is called. */
export function describeZodError(error: ZodError, whole = "body"): string {
  const faults = unknownFirst(error)
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || whole}: ${issue.message}`);
  const more = error.issues.length - faults.length;
  return faults.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/** What is at fault first, as a JSON pointer (RFC 6901): the member that is unknown, missing or wrong; "" is all of it. */
export function faultPointer(error: ZodError): string {
  const [issue] = unknownFirst(error);
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...unknown]
    .map((step) => `/${String(step).slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** What is missing is often what another member was meant to be. */
function unknownFirst({ issues }: ZodError): ZodError["issues"] {
  return issues.toSorted(
    (left, right) => Number(right.code === "unrecognized_keys") - Number(left.code === "unrecognized_keys"),
  );
}

function problemResponse(context: Context, error: AppError, requestId: string): Response {
  const status = ERROR_RULES[error.code].httpStatus;
  const problem: Problem = {
    type: `urn:sluice:error:${error.code}`,
    title: error.code,
    status,
    code: error.code,
    detail: error.message,
    advice: error.advice,
    requestId,
    ...(Object.keys(error.context).length === 0 ? {} : { context: { ...error.context } }),
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (error.retryable) headers["retry-after"] = String(error.context["retryAfterSeconds"] ?? RETRY_AFTER_SECONDS);
  return context.newResponse(JSON.stringify(problem), { status: status as 400, headers });
}
