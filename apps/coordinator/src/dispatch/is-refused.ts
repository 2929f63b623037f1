/** Nobody listens there, so nothing was begun and no document is to blame. */
export function isRefused(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ConnectionRefused" || code === "ECONNREFUSED" || code === "FailedToOpenSocket";
}
