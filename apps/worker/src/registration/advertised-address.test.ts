import { expect, test } from "bun:test";
import type { NetworkInterfaceInfo } from "node:os";
import { advertisedAddress } from "./advertised-address.ts";

const address = (family: "IPv4" | "IPv6", text: string, internal = false) =>
  ({ family, address: text, internal }) as NetworkInterfaceInfo;

test("a real host is advertised as it is", () => {
  expect(advertisedAddress("http://10.1.2.3:7", "10.1.2.3", {})).toBe("http://10.1.2.3:7");
});

test("a wildcard becomes an address of this machine, IPv4 first", () => {
  const interfaces = {
    lo: [address("IPv4", "127.0.0.1", true)],
    eth0: [address("IPv6", "fe80::1"), address("IPv6", "2001:db8::7"), address("IPv4", "10.0.0.5")],
  };
  expect(advertisedAddress("http://0.0.0.0:71", "0.0.0.0", interfaces)).toBe("http://10.0.0.5:71");
  const onlySix = { eth0: interfaces.eth0.slice(0, 2) };
  expect(advertisedAddress("http://[::]:71", "::", onlySix)).toBe("http://[2001:db8::7]:71");
  expect(() => advertisedAddress("http://0.0.0.0:71", "0.0.0.0", { lo: interfaces.lo })).toThrow("SLUICE_ADVERTISE");
});
