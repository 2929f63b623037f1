import { AppError } from "@sluice/contracts";

/** Duplicate key and deadlock: both mean that somebody else stored the same at the same moment. */
const CONTENTION_STATES = new Set(["23505", "40P01", "40001"]);

// Codes of the operating system and of the two drivers for a connection that is not there (any more).
const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ERR_SOCKET_CLOSED",
]);

/** SQLSTATE of a PostgreSQL error, the code of a connection error, or null. */
export function databaseCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

export function isContention(error: unknown): boolean {
  return CONTENTION_STATES.has(databaseCode(error) ?? "");
}

export function isDiskFull(error: unknown): boolean {
  const code = databaseCode(error);
  return code === "53100" || code === "ENOSPC";
}

/** The server is there and has given out all the connections it may. */
export function isOutOfConnections(error: unknown): boolean {
  return databaseCode(error) === "53300";
}

/** Whether the server is away: shutting down, starting up, out of connections, or the connection broke. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "DATABASE_UNAVAILABLE";
  const code = databaseCode(error);
  if (code !== null) {
    // 25P03: the server ended a session that stood idle in its transaction.
    if (CONNECTION_CODES.has(code) || code === "25P03") return true;
    return code.startsWith("08") || code.startsWith("57P") || code === "53300";
  }
  // node-postgres reports a connection that ended under a query, or that could not be had, by message only.
  return (
    error instanceof Error &&
    /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|client was closed|after calling end/i.test(
      error.message,
    )
  );
}

/** Whether the values of some row are at fault, so that leaving that row out helps. */
export function isRowFault(error: unknown): boolean {
  const code = databaseCode(error);
  if (code === null || isContention(error)) return false;
  // 22: data exception; 23: constraint; 54: a value too large for its column or index.
  return code.length === 5 && (code.startsWith("22") || code.startsWith("23") || code.startsWith("54"));
}

/**
 * What a request gets told of text that PostgreSQL does not store, a NUL most of all, wherever in it that was; any other error as it
 * is. Not for what workers send: there the row at fault is looked for.
 */
export function unstorableText(error: Error): Error {
  // 22021: no valid text; 22P05: an escape in JSON that is no text.
  if (!["22021", "22P05"].includes(databaseCode(error) ?? "")) return error;
  return new AppError("BAD_REQUEST", "A text holds a NUL, or is not well-formed, and cannot be stored.", {
    cause: error,
  });
}

/** The one place where a database error becomes an error of ours; what it does not know it hands back. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isDiskFull(error)) {
    return new AppError("DISK_FULL", "PostgreSQL has no space left to write to.", { cause: error });
  }
  if (isOutOfConnections(error)) {
    const message = "PostgreSQL has no connection left: raise max_connections, or lower SLUICE_DB_POOL.";
    return new AppError("DATABASE_UNAVAILABLE", message, { cause: error });
  }
  if (isConnectionLoss(error)) {
    return new AppError("DATABASE_UNAVAILABLE", "PostgreSQL does not answer.", { cause: error });
  }
  return error;
}
