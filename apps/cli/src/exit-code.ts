import { AppError, ERROR_RULES, type ErrorCode } from "@sluice/contracts";

/** What the shell is told. Scripts depend on these numbers: they never change their meaning. */
export const EXIT = {
  ok: 0,
  /** The command did its work, and some items failed or something does not add up. */
  someFailed: 1,
  wrongUse: 2,
  couldNotRun: 3,
  /** Stopped by SIGINT or SIGTERM; what was done by then is kept. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Faults of the command line: another call would work, and nothing is wrong with the installation. */
const WRONG_USE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "USAGE",
  "BAD_REQUEST",
  "PATH_NOT_FOUND",
  "NO_DOCUMENTS",
  "NOT_FOUND",
  "TAXONOMY_INVALID",
  "LABELS_INVALID",
  "CONFIG_INVALID",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "WEBHOOK_REFUSED",
]);

/** The exit code an error ends the process with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof AppError)) return EXIT.couldNotRun;
  if (error.code === "INTERRUPTED") return EXIT.interrupted;
  if (WRONG_USE.has(error.code)) return EXIT.wrongUse;
  return ERROR_RULES[error.code].scope === "document" ? EXIT.someFailed : EXIT.couldNotRun;
}
