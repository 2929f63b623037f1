import { BlockList, isIP } from "node:net";
import { AppError } from "@sluice/contracts";

/** Says whether coordinators may send work, and with it a token, to an address that somebody registered. */
export type AddressAllowList = (address: string) => boolean;

/**
 * From entries that are a host name, an IP address or a network in CIDR form. Names must be listed themselves: a name
 * that merely resolves to an allowed address can resolve to another one later.
 */
export function parseAddressAllowList(entries: readonly string[]): AddressAllowList {
  const names = new Set<string>();
  const networks = new BlockList();
  for (const entry of entries) {
    const [host = "", prefix] = entry.split("/");
    const version = isIP(host);
    if (version === 0) {
      if (prefix !== undefined) throw invalid(entry);
      names.add(host.toLowerCase());
      continue;
    }
    const family = version === 4 ? "ipv4" : "ipv6";
    const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
    if (!Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) throw invalid(entry);
    networks.addSubnet(host, bits, family);
  }
  return (address) => {
    const url = URL.parse(address);
    if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return false;
    if (url.username !== "" || url.password !== "") return false;
    const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
    const version = isIP(host);
    return version === 0 ? names.has(host) : networks.check(host, version === 4 ? "ipv4" : "ipv6");
  };
}

function invalid(entry: string): AppError {
  return new AppError("CONFIG_INVALID", `SLUICE_WORKER_ADDRESSES: "${entry}" is no host, address or network.`);
}
