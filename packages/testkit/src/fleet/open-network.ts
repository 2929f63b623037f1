import type { FleetNetwork } from "./fleet-network.ts";
import { loopbackNetwork } from "./loopback-network.ts";
import { namespaceNetwork } from "./namespace-network.ts";

/** The hosts of a fleet on one machine; goes with its scope (`await using`). */
export async function openNetwork(kind: FleetNetwork["kind"], hosts: readonly string[]): Promise<FleetNetwork> {
  return kind === "namespaces" ? await namespaceNetwork(hosts) : loopbackNetwork();
}
