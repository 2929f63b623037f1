import { AppError } from "@sluice/contracts";
import {
  checkedAddresses,
  hostAllowList,
  mayConnect,
  OutboundRefusal,
  type OutboundRules,
} from "@sluice/sources/outbound";

/**
 * Where deliveries may go: to https on the open internet, and to whatever `hosts` names. What a caller gives is a request that this
 * server makes from inside of its network.
 */
export function webhookTargets(hosts: readonly string[]): OutboundRules {
  const named = hostAllowList(hosts);
  return {
    allowsHost: (url) => url.protocol === "https:" || named(url),
    allowsAddress: (address, url) => named(url) || mayConnect(address),
  };
}

const CHECK_MS = 5_000;

/** WEBHOOK_REFUSED when a delivery would never be made. A name that is not known yet may be tomorrow: each delivery asks again. */
export async function checkTarget(url: string, targets: OutboundRules): Promise<void> {
  try {
    await checkedAddresses(new URL(url), targets, AbortSignal.timeout(CHECK_MS));
  } catch (error) {
    if (!(error instanceof OutboundRefusal)) return;
    if (error.reason === "unknown_host" || error.reason === "unresolved") return;
    throw new AppError("WEBHOOK_REFUSED", `No delivery can go there: ${error.message}`, {
      context: { reason: error.reason },
    });
  }
}
