import pino from "pino";
import { loggableError } from "./loggable-error.ts";

/** Structured logs as JSON lines on stderr. Fields are ids and numbers; document text and secrets never go in. */
export type Logger = pino.Logger;

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that are blanked should one slip in, at the top of a line or one level below. */
const SECRETS = ["token", "dispatchToken", "authorization", "password", "passwords"];

export function createLogger({ name, level }: { name: string; level: LogLevel }): Logger {
  return pino(
    {
      name,
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => loggableError(error) },
      redact: SECRETS.flatMap((name) => [name, `*.${name}`]),
    },
    // Synchronous: the last lines before a crash are the ones that matter.
    pino.destination({ dest: 2, sync: true }),
  );
}
