/** What callers may say besides the request itself. */
import type { BatchState, ClassifyState, ExportFormat, ExtractState } from "@sluice/contracts";

export interface CallOptions {
  signal?: AbortSignal;
}

export interface OnceOptions extends CallOptions {
  /** Names this call, so that it may be sent again within a day: the server does it once, and answers the same. */
  idempotencyKey?: string;
}

export interface ExportOptions extends CallOptions {
  format: ExportFormat;
  /** Only items in this state. */
  state?: ExtractState;
}

export interface BatchFilter {
  state?: BatchState;
  /** A part of the name, in letters of any case. */
  name?: string;
  /** ISO 8601 with an offset. */
  createdAfter?: string;
  createdBefore?: string;
}

export interface ItemFilter {
  state?: ExtractState;
  classifyState?: ClassifyState;
  code?: string;
  category?: string;
  needsOcr?: boolean;
  /** A part of the URI, as it is written. */
  uri?: string;
}
