export { envFlag } from "./env-flag.ts";
export { describeZodError, handleError, notFound } from "./errors.ts";
export { createLogger, LOG_LEVELS, type Logger, type LogLevel } from "./logger.ts";
export { parseEnv } from "./parse-env.ts";
export { type ReadyLine, runApp, type RunningApp } from "./run-app.ts";
export { bearerToken, hashToken, sameSecret } from "./secrets.ts";
export { isLoopback, type RunningServer, type ServerOptions, startServer } from "./start-server.ts";
