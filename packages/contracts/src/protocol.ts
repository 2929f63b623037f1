/** Raised when a request or answer between coordinator and worker changes shape; both sides must agree. */
export const PROTOCOL_VERSION = 3;

/** Media type of streams with one JSON value a line. */
export const NDJSON = "application/x-ndjson";

/** Media type of a worker's answer to a shard: lines as in NDJSON, an item's line followed by the bytes it announces. */
export const SHARD_STREAM = "application/vnd.sluice.shard";

/** The same of a label shard: lines alone. */
export const LABEL_STREAM = "application/x-ndjson";

/** Largest chunk of items a client should send in one request; the server accepts twice as much. */
export const MAX_ITEMS_PER_CHUNK = 5_000;

/** Items in the first chunk of a batch: work begins when it is in, and goes on while the next ones are taken. */
export const FIRST_CHUNK_ITEMS = 512;
