import type { FleetNetwork } from "./fleet-network.ts";

/** All hosts on 127.0.0.1, where namespaces cannot be had. */
export function loopbackNetwork(): FleetNetwork {
  return {
    kind: "loopback",
    subnet: "127.0.0.1/32",
    host: (name) => ({ name, address: "127.0.0.1", commandPrefix: [], link: null }),
    [Symbol.asyncDispose]: async () => {},
  };
}
