import { AppError } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import { type DefaultLimits, limitOf } from "./limits.ts";
import { BURST_SECONDS, TokenBucket } from "./token-bucket.ts";

// Who has been quiet for so long has a full bucket again, and needs none.
const FORGET_AFTER_MS = 60_000;

/**
 * Requests a second of each token, as this coordinator counts them: with several behind one address, each takes its rate.
 * The headers are those of the IETF's draft on rate limits for HTTP (draft-ietf-httpapi-ratelimit-headers).
 */
export class RequestRates {
  readonly #defaults: DefaultLimits;
  readonly #buckets = new Map<string, { bucket: TokenBucket; perSecond: number; usedAt: number }>();
  #sweptAt = 0;

  constructor(defaults: DefaultLimits) {
    this.#defaults = defaults;
  }

  /** Counts a request; returns the headers that say how it stands, if it is limited. RATE_LIMITED. */
  take(caller: Caller, now = performance.now()): Record<string, string> {
    const perSecond = limitOf(caller, this.#defaults, "requestsPerSecond");
    if (perSecond === null) return {};
    this.#sweep(now);
    let entry = this.#buckets.get(caller.id);
    if (entry === undefined || entry.perSecond !== perSecond) {
      entry = { bucket: new TokenBucket(perSecond, now), perSecond, usedAt: now };
      this.#buckets.set(caller.id, entry);
    }
    entry.usedAt = now;
    const { allowed, left, resetSeconds } = entry.bucket.take(now);
    if (!allowed) {
      throw new AppError("RATE_LIMITED", `This token may make ${perSecond} requests a second.`, {
        context: { requestsPerSecond: perSecond, retryAfterSeconds: resetSeconds },
      });
    }
    return {
      "ratelimit-policy": `"requests";q=${perSecond * BURST_SECONDS};w=${BURST_SECONDS}`,
      ratelimit: `"requests";r=${left};t=${resetSeconds}`,
    };
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < FORGET_AFTER_MS) return;
    this.#sweptAt = now;
    for (const [id, { usedAt }] of this.#buckets) if (now - usedAt > FORGET_AFTER_MS) this.#buckets.delete(id);
  }
}
