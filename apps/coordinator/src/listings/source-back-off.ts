const LONGEST_MS = 300_000;

/**
 * How long a source that did not answer is left alone before its next try. From some seconds to five minutes, and spread, so
 * that all that waits for one server does not come back in one moment.
 */
export function sourceBackOffMs(tries: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(tries, 20), Math.max(LONGEST_MS, firstMs)) * (0.75 + Math.random() / 2);
}

/** Tries before it fails: with five seconds first, an outage of an hour and a half is outlived. */
export const SOURCE_TRIES = 24;
