import { AppError, ERROR_RULES, type ErrorCode, isErrorCode } from "@sluice/contracts";
import { wrap } from "./fit-text.ts";
import { type Paint, plainPaint } from "./paint.ts";
import { safeText } from "./safe-text.ts";

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice: string;
}

/** What the operating system says, in our words. The rest is a defect until somebody names it. */
const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  ENOENT: "PATH_NOT_FOUND",
  ENOTDIR: "PATH_NOT_FOUND",
  EADDRINUSE: "PORT_IN_USE",
  ECONNREFUSED: "UNREACHABLE",
  ConnectionRefused: "UNREACHABLE",
};

/** Any thrown value as an AppError, with what was thrown as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code } = (typeof error === "object" && error !== null ? error : {}) as { code?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  if (isErrorCode(code)) return new AppError(code, message, { cause: error });
  const known = typeof code === "string" ? SYSTEM_CODES[code] : undefined;
  return new AppError(known ?? "INTERNAL", message, { cause: error });
}

/** Code, message and next step, as `--json` prints them under `error`. `command` is what was called, and has help. */
export function errorFacts(error: unknown, command?: string): ErrorFacts {
  const { code, message } = toAppError(error);
  const helps = code === "USAGE" && command !== undefined;
  return { code, message, advice: helps ? `See \`${command} --help\`.` : ERROR_RULES[code].advice };
}

/** The same for people: what happened, to what, and the next step. */
export function formatError(facts: ErrorFacts, width = 100, paint: Paint = plainPaint): string {
  const [first = "", ...rest] = facts.message.split("\n").map(safeText);
  const advice = wrap(facts.advice, Math.max(20, width - 2));
  return [
    `${paint("red", facts.code)}  ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...advice.map((line) => paint("bold", `  ${line}`)),
    "",
  ].join("\n");
}
