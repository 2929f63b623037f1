import type { TokenLimits } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";

/** Limits of every `submit` token that has none of its own; 0: no limit. */
export interface DefaultLimits {
  readonly requestsPerSecond: number;
  readonly pendingItems: number;
  readonly openBatches: number;
  readonly uploadBytesPerDay: number;
  /** Streams of results or events that one token may have open; like the next two a limit that tokens do not have of their own. */
  readonly streams: number;
  /** Uploads in pieces that are not complete, and the bytes that were announced for them. */
  readonly unfinishedUploads: number;
  readonly unfinishedUploadBytes: number;
}

/**
 * What one caller may take of something; null: as much as it likes. Admins and workers are limited only where their token
 * says so: who administers must get in while others are too many, and a worker that is refused is a worker lost.
 */
export function limitOf(caller: Caller, defaults: DefaultLimits, what: keyof TokenLimits): number | null {
  if (caller.limits === null) return null;
  const limit = caller.limits[what] ?? (caller.role === "submit" ? defaults[what] : 0);
  return limit === 0 ? null : limit;
}
