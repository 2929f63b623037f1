/**
 * The states of batches and items, and every move between them that is allowed. ARCHITECTURE.md shows the same table
 * for people; the commit path asks `canMove` before it writes.
 */

export const BATCH_STATES = ["open", "sealed", "done", "cancelled"] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const EXTRACT_STATES = [
  "pending",
  "succeeded",
  "partial",
  "duplicate",
  "unchanged",
  "failed",
  "cancelled",
] as const;
export type ExtractState = (typeof EXTRACT_STATES)[number];

export const CLASSIFY_STATES = [
  "none",
  "pending",
  "classified",
  "abstained",
  "no_text",
  "failed",
  "cancelled",
] as const;
export type ClassifyState = (typeof CLASSIFY_STATES)[number];

/** Extract states that have a stored document behind them. */
export const STORED_STATES = ["succeeded", "partial", "duplicate", "unchanged"] as const satisfies ExtractState[];

export const PAGE_VERDICTS = ["text", "sparse", "scanned", "garbled", "empty"] as const;
/** What a page holds; `scanned` is an image of text, `garbled` is text that cannot be mapped to characters. */
export type PageVerdict = (typeof PAGE_VERDICTS)[number];

const BATCH_MOVES: Record<BatchState, readonly BatchState[]> = {
  open: ["sealed", "cancelled"],
  sealed: ["done", "cancelled"],
  // `retry BATCH`: there is something pending again.
  done: ["sealed"],
  cancelled: [],
};

const EXTRACT_MOVES: Record<ExtractState, readonly ExtractState[]> = {
  pending: ["succeeded", "partial", "duplicate", "unchanged", "failed", "cancelled"],
  succeeded: [],
  partial: [],
  duplicate: [],
  unchanged: [],
  // `retry BATCH` is the one way out of a final state.
  failed: ["pending"],
  cancelled: [],
};

const CLASSIFY_MOVES: Record<ClassifyState, readonly ClassifyState[]> = {
  // `retry BATCH`: an item that failed in extraction is to be read, and so to be judged, again.
  none: ["pending"],
  // An item whose extraction failed or was cancelled has nothing to classify: `none`.
  pending: ["classified", "abstained", "no_text", "failed", "cancelled", "none"],
  classified: [],
  abstained: [],
  no_text: [],
  failed: ["pending"],
  cancelled: [],
};

const MOVES = { batch: BATCH_MOVES, extract: EXTRACT_MOVES, classify: CLASSIFY_MOVES } as const;

interface StateOf {
  batch: BatchState;
  extract: ExtractState;
  classify: ClassifyState;
}

/** Whether the transition table allows this move. Staying where one is is not a move. */
export function canMove<Kind extends keyof StateOf>(kind: Kind, from: StateOf[Kind], to: StateOf[Kind]): boolean {
  const moves = MOVES[kind] as Record<string, readonly string[]>;
  return moves[from]?.includes(to) ?? false;
}
