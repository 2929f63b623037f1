import { AppError, ERROR_RULES } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import { AttemptEnded } from "./attempt-ended.ts";

/** A fault that is met by trying again is a warning, a defect of ours an error; a full worker or a lost race is no news. */
export function logEnd(logger: Logger, end: AttemptEnded, error: unknown): void {
  const facts = { outcome: end.outcome, ...end.detail };
  if (end.outcome === "busy" || end.outcome === "fenced") logger.debug(facts, "attempt ended");
  else if (end.outcome === "stopped" || end.outcome === "cancelled") logger.info(facts, "attempt ended");
  else if (end.outcome !== "failed") logger.warn(facts, "attempt ended");
  else if (isSystemFault(error)) logger.warn({ ...facts, err: error }, "attempt failed; it is tried again");
  else logger.error({ outcome: end.outcome, err: error }, "attempt failed");
}

function isSystemFault(error: unknown): boolean {
  if (error instanceof AttemptEnded) return true;
  return error instanceof AppError && ERROR_RULES[error.code].scope === "system" && error.code !== "INTERNAL";
}
