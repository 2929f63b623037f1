/** Raised when a request or answer between coordinator and worker changes shape; both sides must agree. */
export const PROTOCOL_VERSION = 2;

/** Media type of streams with one JSON value a line. */
export const NDJSON = "application/x-ndjson";

/** Largest chunk of items a client should send in one request; the server accepts twice as much. */
export const MAX_ITEMS_PER_CHUNK = 5_000;
