import { type Logger, waitOrAbort } from "@sluice/serverkit";
import type { OutboundRules } from "@sluice/sources/outbound";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import { type ClaimedDelivery, claimDeliveries } from "./claim-deliveries.ts";
import { recordTry, releaseDelivery } from "./record-try.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { type DeliveryTry, sendDelivery, type TryOutcome } from "./send-delivery.ts";

// What is due later, or was made by another coordinator, is found at the next look.
const LOOK_EVERY_MS = 1_000;
const APART_MS = 20;
const AT_A_TIME = 32;
/** A receiver that hangs holds so many at most, and the others go on. */
const PER_WEBHOOK = 4;
/** Beyond the time limit: for the name to be resolved, and the outcome to be noted by a slow database. */
const LEASE_MARGIN_MS = 20_000;
const NOTE_TRIES = 5;
const NOTE_PAUSE_MS = 500;

export interface DelivererParts {
  readonly database: Database;
  readonly targets: OutboundRules;
  readonly timeoutMs: number;
  readonly firstRetryMs: number;
  readonly userAgent: string;
  readonly logger: Logger;
  readonly metrics: {
    deliveryTried(outcome: TryOutcome, seconds: number): void;
    deliveryGivenUp(): void;
    loopFailed(loop: "webhooks"): void;
  };
  /** Not where a newer version has migrated the database. */
  mayWork(): boolean;
}

/**
 * Sends deliveries that are due, on every coordinator, each by one of them at a time. At least once: the outcome is noted after
 * the answer, so that a death in between means the same `webhook-id` again.
 */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #loop: BackgroundLoop;
  readonly #sending = new Map<string, Set<Promise<void>>>();
  readonly #abort = new AbortController();

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      name: "webhooks",
      everyMs: LOOK_EVERY_MS,
      apartMs: APART_MS,
      logger: parts.logger,
      step: () => this.#look(),
      failed: () => parts.metrics.loopFailed("webhooks"),
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Takes no more; what is under way may end for `graceMs` and is given back then. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    const grace = setTimeout(() => this.#abort.abort(), graceMs);
    await Promise.all([...this.#sending.values()].flatMap((sends) => [...sends]));
    clearTimeout(grace);
  }

  async #look(): Promise<void> {
    const sends = [...this.#sending.values()].reduce((sum, { size }) => sum + size, 0);
    if (sends >= AT_A_TIME || !this.#parts.mayWork()) return;
    const claimed = await claimDeliveries(this.#parts.database, {
      limit: AT_A_TIME - sends,
      perWebhook: PER_WEBHOOK,
      except: [...this.#sending].filter(([, { size }]) => size >= PER_WEBHOOK).map(([webhookId]) => webhookId),
      leaseMs: this.#parts.timeoutMs + LEASE_MARGIN_MS,
    });
    for (const delivery of claimed) this.#send(delivery);
  }

  #send(delivery: ClaimedDelivery): void {
    const sends = this.#sending.get(delivery.webhookId) ?? new Set();
    this.#sending.set(delivery.webhookId, sends);
    const send = this.#deliver(delivery).finally(() => {
      sends.delete(send);
      if (sends.size === 0) this.#sending.delete(delivery.webhookId);
      // What comes after it in its batch may be due now.
      this.wake();
    });
    sends.add(send);
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const { metrics, logger, firstRetryMs } = this.#parts;
    const result = await this.#try(delivery);
    if (result === null) return;
    metrics.deliveryTried(result.outcome, result.latencyMs / 1_000);
    const retryMs = retryDelayMs(delivery.tries, { firstMs: firstRetryMs, askedMs: result.askedMs });
    const state = await this.#note(() => recordTry(this.#parts.database, delivery, result, retryMs));
    if (state !== "failed") return;
    metrics.deliveryGivenUp();
    const { webhookId, eventId, tries } = delivery;
    logger.warn(
      { webhookId, eventId, tries, outcome: result.outcome, status: result.status },
      "a delivery was given up",
    );
  }

  /** Null when it was broken off. */
  async #try(delivery: ClaimedDelivery): Promise<DeliveryTry | null> {
    try {
      return await sendDelivery(delivery, this.#parts, this.#abort.signal);
    } catch {
      await this.#note(() => releaseDelivery(this.#parts.database, delivery));
      return null;
    }
  }

  /** A database that is away for longer lets the lease end, and the delivery is made again. */
  async #note<Result>(note: () => Promise<Result>): Promise<Result | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await note();
      } catch (error) {
        if (tries < NOTE_TRIES && !this.#abort.signal.aborted) {
          await waitOrAbort(NOTE_PAUSE_MS, this.#abort.signal);
          continue;
        }
        this.#parts.logger.warn({ err: error }, "the outcome of a delivery could not be noted");
        return null;
      }
    }
  }
}
