/**
 * Asks what a person named, without becoming their hand inside the network: only hosts that are allowed, only addresses that
 * may be reached, and the connection is made to the very address that was checked, so that a name which resolves to another
 * one a moment later gains nothing. Redirects are answers: whoever follows one asks anew.
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import { OutboundRefusal } from "./outbound-refusal.ts";

export interface OutboundRules {
  /** Whether this scheme, host and port may be asked at all. */
  allowsHost(url: URL): boolean;
  allowsAddress(address: string, url: URL): boolean;
  /** Addresses of a name; the system's answer by default. */
  resolve?(host: string): Promise<readonly string[]>;
}

export interface OutboundRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A connection may serve further requests to that address: for what asks often, of one host. */
  readonly keepAlive?: boolean;
  /** Certificates (PEM) that may vouch for the server beside those that everybody trusts. */
  readonly ca?: string | null;
  readonly signal: AbortSignal;
}

/** Of a name with many addresses, as many are tried. */
const MAX_ADDRESSES = 4;

/** One answer, whatever its status; a redirect is not followed. Throws OutboundRefusal, or what `fetch` throws. */
export async function checkedFetch(url: URL, request: OutboundRequest, rules: OutboundRules): Promise<Response> {
  const addresses = await checkedAddresses(url, rules, request.signal);
  let last: unknown = null;
  for (const address of addresses.slice(0, MAX_ADDRESSES)) {
    try {
      return await fetchFrom(address, url, request);
    } catch (error) {
      // What may have arrived is not sent a second time, where that is not the same as once.
      if (request.signal.aborted || (request.method === "POST" && !wasNotSent(error))) throw error;
      last = error;
    }
  }
  throw last;
}

/** The addresses of a URL's host, all of which may be reached. Throws OutboundRefusal, or the signal's reason. */
export async function checkedAddresses(
  url: URL,
  rules: OutboundRules,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (url.username !== "" || url.password !== "") {
    throw new OutboundRefusal("credentials", "The address holds credentials.");
  }
  if (!rules.allowsHost(url)) throw new OutboundRefusal("host", `${url.protocol}//${url.host} may not be asked.`);
  const host = unbracketed(url);
  const addresses = isIP(host) === 0 ? await resolved(host, rules, signal) : [host];
  // One that may not be reached among others that may is how a name is made to point inside.
  if (!addresses.every((address) => rules.allowsAddress(address, url))) {
    throw new OutboundRefusal("address", `${url.host} is at an address that is not of the open internet.`);
  }
  return addresses;
}

async function resolved(
  host: string,
  { resolve = systemAddresses }: OutboundRules,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    // A resolver takes as long as it likes.
    const addresses = await Promise.race([resolve(host), aborted]);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    signal.throwIfAborted();
    if (!["ENOTFOUND", "DNS_ENOTFOUND"].includes(codeOf(error))) {
      throw new OutboundRefusal("unresolved", `The name ${host} cannot be resolved at present.`, error);
    }
  } finally {
    signal.removeEventListener("abort", abort);
  }
  throw new OutboundRefusal("unknown_host", `There is no host ${host}.`);
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}

async function fetchFrom(address: string, url: URL, request: OutboundRequest): Promise<Response> {
  const { method, headers, body, keepAlive = false, ca = null, signal } = request;
  const pinned = new URL(url);
  pinned.hostname = address.includes(":") ? `[${address}]` : address;
  const named = isIP(unbracketed(url)) === 0;
  return await fetch(pinned.href, {
    method,
    headers: { ...headers, host: url.host },
    ...(body === undefined ? {} : { body }),
    redirect: "manual",
    // Bytes as they are stored: what a server packs for the way would have another length than it says.
    decompress: false,
    keepalive: keepAlive,
    signal,
    ...(url.protocol === "https:" ? { tls: tlsOf(named ? url.hostname : null, ca) as object } : {}),
  });
}

/** The certificate has to be the name's, not the address's. Authorities of one's own come beside the others: alone they would replace them. */
function tlsOf(serverName: string | null, ca: string | null): { serverName?: string; ca?: string[] } {
  return {
    ...(serverName === null ? {} : { serverName }),
    ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
  };
}

/** Nobody took the connection, so nobody has the request. */
function wasNotSent(error: unknown): boolean {
  return ["ConnectionRefused", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "FailedToOpenSocket"].includes(
    codeOf(error),
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function unbracketed(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}
