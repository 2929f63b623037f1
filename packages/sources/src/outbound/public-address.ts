import ipaddr from "ipaddr.js";

export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** What is given out of IPv6; all else holds IPv4 addresses in some way of writing, or is for other ends. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** An address or a network in CIDR form, or null. */
export function parseNetwork(text: string): Network | null {
  try {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch {
    return null;
  }
}

/**
 * Whether a connection may be made to an address: one of the open internet, or in one of the networks given. Whatever else
 * there is (loopback, private, link-local with its metadata services, carrier, reserved, multicast, and IPv4 inside of
 * IPv6 by each way of writing it) is not.
 */
export function mayConnect(address: string, networks: readonly Network[] = []): boolean {
  // Else `127.1` and `0x7f.1` would be parsed as what they are to inet_aton.
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return false;
  // IPv4 mapped into IPv6 is the IPv4 address.
  const parsed = ipaddr.process(address);
  if (isOfTheInternet(parsed)) return true;
  return networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits] as never));
}

function isOfTheInternet(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}
