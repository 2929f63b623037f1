/**
 * Fetches what a person named, without becoming their hand inside the network: only hosts that are allowed, only addresses
 * that may be reached, and the connection is made to the very address that was checked, so that a name which resolves
 * to another one a moment later gains nothing. Each redirect is a new question.
 */
import { isIP } from "node:net";
import { SourceFault } from "../source-fault.ts";
import { type HostAllowList } from "./host-allow-list.ts";
import { mayConnect, type Network } from "./public-address.ts";

const MAX_REDIRECTS = 5;
const MAX_ADDRESSES = 4;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface HttpRules {
  readonly allows: HostAllowList;
  /** Networks that may be reached although they are not of the open internet. */
  readonly networks: readonly Network[];
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
  const addresses = await checkedAddresses(url, rules);
  let last: unknown = null;
  for (const address of addresses.slice(0, MAX_ADDRESSES)) {
    try {
      return await fetchFrom(address, url, request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      last = error;
    }
  }
  throw last;
}

async function checkedAddresses(url: URL, rules: HttpRules): Promise<readonly string[]> {
  if (url.username !== "" || url.password !== "") {
    throw new SourceFault("SOURCE_NOT_ALLOWED", "The address holds credentials.");
  }
  if (!rules.allows(url)) {
    throw new SourceFault(
      "SOURCE_NOT_ALLOWED",
      `${url.host} is not among the hosts that may be asked (SLUICE_HTTP_HOSTS).`,
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? await resolved(host, rules) : [host];
  // One that may not be reached among others that may is how a name is made to point inside.
  if (addresses.some((address) => !mayConnect(address, rules.networks))) {
    throw new SourceFault("SOURCE_NOT_ALLOWED", `${url.host} is at an address that is not of the open internet.`);
  }
  return addresses;
}

async function resolved(host: string, rules: HttpRules): Promise<readonly string[]> {
  try {
    const addresses = await rules.resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code !== "ENOTFOUND" && code !== "DNS_ENOTFOUND") {
      throw new SourceFault("SOURCE_UNAVAILABLE", `The name ${host} cannot be resolved at present.`, { cause: error });
    }
  }
  throw new SourceFault("SOURCE_NOT_FOUND", `There is no host ${host}.`);
}

async function fetchFrom(address: string, url: URL, { method, headers, signal }: HttpRequest): Promise<Response> {
  const pinned = new URL(url);
  pinned.hostname = address.includes(":") ? `[${address}]` : address;
  const named = isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0;
  return await fetch(pinned.href, {
    method,
    headers: { ...headers, host: url.host },
    redirect: "manual",
    // Bytes as they are stored: what a server packs for the way would have another length than it says.
    decompress: false,
    signal,
    // The certificate has to be the name's, not the address's.
    ...(named && url.protocol === "https:" ? { tls: { serverName: url.hostname } as object } : {}),
  });
}
