import { networkInterfaces } from "node:os";
import { AppError } from "@sluice/contracts";

const WILDCARDS = new Set(["0.0.0.0", "::", "[::]"]);

/**
 * Where coordinators reach a worker that listens at `url`. A wildcard is no address: the first one of this machine that
 * is not loopback stands for it. Throws CONFIG_INVALID when there is none.
 */
export function advertisedAddress(url: string, host: string, interfaces = networkInterfaces()): string {
  if (!WILDCARDS.has(host)) return url;
  const outside = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal && !address.address.startsWith("fe80:"));
  const found = outside.find((address) => address.family === "IPv4") ?? outside[0];
  if (found === undefined) {
    throw new AppError("CONFIG_INVALID", "SLUICE_ADVERTISE: this machine has no address of its own; name one.");
  }
  const advertised = new URL(url);
  advertised.hostname = found.family === "IPv6" ? `[${found.address}]` : found.address;
  return advertised.origin;
}
