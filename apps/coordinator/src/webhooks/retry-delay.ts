// 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, then every six hours: a day and a half of a receiver that is away.
const GROWTH = 4;
const LONGEST_MS = 6 * 3_600_000;
const MOST_TRIES = 12;
/** A receiver may ask for more time than the schedule has, but not for ever. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * How long to wait after try number `tries` (from 1) has failed, or null when it was the last. Spread by a quarter, so that what a
 * receiver missed together does not come together.
 */
export function retryDelayMs(
  tries: number,
  { firstMs, askedMs, random = Math.random }: { firstMs: number; askedMs: number | null; random?: () => number },
): number | null {
  if (tries >= MOST_TRIES) return null;
  const planned = Math.min(LONGEST_MS, firstMs * GROWTH ** (tries - 1));
  const asked = Math.min(LONGEST_ASKED_MS, askedMs ?? 0);
  return Math.round(Math.max(planned, asked) * (1 + random() / 4));
}
