import { checkedFetch, OutboundRefusal, type OutboundRules } from "@sluice/sources/outbound";
import { signMessage } from "./sign-message.ts";

/**
 * `delivered`: a 2xx. `refused`: another status. `gone`: 410, the receiver wants no more. `timeout` and `unreachable`: no
 * answer. `blocked`: the target is somewhere that may not be reached.
 */
export const TRY_OUTCOMES = ["delivered", "refused", "gone", "timeout", "unreachable", "blocked"] as const;
export type TryOutcome = (typeof TRY_OUTCOMES)[number];

export interface DeliveryTry {
  readonly outcome: TryOutcome;
  readonly status: number | null;
  readonly latencyMs: number;
  readonly error: string | null;
  /** From Retry-After. */
  readonly askedMs: number | null;
}

export interface OutgoingDelivery {
  readonly url: string;
  readonly secret: string;
  readonly eventId: string;
  readonly body: string;
}

/** One try. Of the answer only the head is read: what a receiver writes is nobody's business here. Never throws, but for `signal`. */
export async function sendDelivery(
  delivery: OutgoingDelivery,
  { targets, timeoutMs, userAgent }: { targets: OutboundRules; timeoutMs: number; userAgent: string },
  signal: AbortSignal,
): Promise<DeliveryTry> {
  const began = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = (outcome: TryOutcome, more: Partial<DeliveryTry> = {}): DeliveryTry => {
    return {
      outcome,
      status: null,
      error: null,
      askedMs: null,
      latencyMs: Math.round(performance.now() - began),
      ...more,
    };
  };
  try {
    const response = await checkedFetch(
      new URL(delivery.url),
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": userAgent,
          ...signMessage(delivery.secret, delivery.eventId, Math.floor(Date.now() / 1_000), delivery.body),
        },
        body: delivery.body,
        signal: AbortSignal.any([signal, timeout]),
      },
      targets,
    );
    void response.body?.cancel().catch(() => undefined);
    const { status } = response;
    if (response.ok) return ended("delivered", { status });
    if (status === 410) return ended("gone", { status, error: "The receiver wants no more (410)." });
    const askedMs = retryAfterMs(response.headers.get("retry-after"));
    const isRedirect = status >= 300 && status < 400;
    const error = isRedirect ? `A redirect (${status}) is not followed.` : `The receiver answered ${status}.`;
    return ended("refused", { status, askedMs, error });
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) return ended("timeout", { error: `There was no answer in ${timeoutMs} ms.` });
    if (error instanceof OutboundRefusal) {
      const isUnknown = error.reason === "unknown_host" || error.reason === "unresolved";
      return ended(isUnknown ? "unreachable" : "blocked", { error: error.message });
    }
    return ended("unreachable", { error: (error instanceof Error ? error.message : String(error)).slice(0, 500) });
  }
}

/** Seconds or a date (RFC 9110). */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
