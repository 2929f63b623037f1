/**
 * Fetches what a person named, without becoming their hand inside the network: only hosts that are allowed, only addresses
 * that may be reached, and the connection is made to the very address that was checked, so that a name which resolves
 * to another one a moment later gains nothing. Each redirect is a new question.
 */
import { checkedFetch } from "../outbound/checked-fetch.ts";
import type { HostAllowList } from "../outbound/host-allow-list.ts";
import { OutboundRefusal } from "../outbound/outbound-refusal.ts";
import { mayConnect, type Network } from "../outbound/public-address.ts";
import { SourceFault } from "../source-fault.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface HttpRules {
  readonly allows: HostAllowList;
  /** Networks that may be reached although they are not of the open internet. */
  readonly networks: readonly Network[];
  /** Certificates of one's own authorities, PEM. */
  readonly ca?: string | null;
  /** Addresses of a name, for a connection. */
  resolve(host: string): Promise<readonly string[]>;
}

export interface HttpRequest {
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The answer, whatever its status, after redirects. Throws SOURCE_NOT_ALLOWED, SOURCE_UNREADABLE, or what `fetch` throws. */
export async function guardedFetch(url: string, request: HttpRequest, rules: HttpRules): Promise<Response> {
  let current = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetchOnce(current, request, rules);
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, current.href);
    if (next === null) throw new SourceFault("SOURCE_UNREADABLE", "The server redirects to what is no address.");
    if (current.protocol === "https:" && next.protocol === "http:") {
      throw new SourceFault("SOURCE_NOT_ALLOWED", "The server redirects from https to http.");
    }
    current = next;
  }
  throw new SourceFault("SOURCE_UNREADABLE", `The server redirects more than ${MAX_REDIRECTS} times.`);
}

async function fetchOnce(url: URL, request: HttpRequest, rules: HttpRules): Promise<Response> {
  try {
    return await checkedFetch(
      url,
      { ...request, keepAlive: true, ca: rules.ca ?? null },
      {
        allowsHost: rules.allows,
        allowsAddress: (address) => mayConnect(address, rules.networks),
        resolve: rules.resolve,
      },
    );
  } catch (error) {
    if (error instanceof OutboundRefusal) throw faultOf(error, url);
    throw error;
  }
}

function faultOf(refusal: OutboundRefusal, url: URL): SourceFault {
  switch (refusal.reason) {
    case "host":
      return new SourceFault(
        "SOURCE_NOT_ALLOWED",
        `${url.host} is not among the hosts that may be asked (SLUICE_HTTP_HOSTS).`,
      );
    case "credentials":
    case "address":
      return new SourceFault("SOURCE_NOT_ALLOWED", refusal.message);
    case "unknown_host":
      return new SourceFault("SOURCE_NOT_FOUND", refusal.message);
    case "unresolved":
      return new SourceFault("SOURCE_UNAVAILABLE", refusal.message, { cause: refusal });
  }
}
