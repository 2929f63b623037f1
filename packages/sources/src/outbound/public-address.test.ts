import { expect, test } from "bun:test";
import { mayConnect, parseNetwork } from "./public-address.ts";

test("only addresses of the open internet, in every way of writing", () => {
  const refused = {
    loopback: ["127.0.0.1", "127.1.2.3", "::1"],
    "this host": ["0.0.0.0", "0.1.2.3", "::"],
    private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    "link-local, and the metadata services there": ["169.254.0.1", "169.254.169.254", "fe80::1", "febf::1"],
    carrier: ["100.64.0.1", "100.127.255.255"],
    "reserved and for documents": [
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.1",
      "203.0.113.1",
      "2001:db8::1",
    ],
    multicast: ["224.0.0.1", "239.255.255.255", "ff02::1"],
    "future and broadcast": ["240.0.0.1", "255.255.255.255"],
    "unique local": ["fc00::1", "fd00:ec2::254"],
    "mapped and compatible": [
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::ffff:169.254.169.254",
      "::127.0.0.1",
      "::ffff:0:7f00:1",
    ],
    NAT64: ["64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"],
    "6to4 and Teredo": ["2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::"],
    "site-local, discarded, and not given out": ["fec0::1", "100::1", "4000::1", "5f00::1"],
    "other ways of writing": ["0x7f.1", "2130706433", "017700000001", "0177.0.0.1", "127.1"],
    "no address": ["", "localhost", "1.2.3.4.5", "fe80::1%eth0", "1.2.3.256"],
  };
  for (const [kind, addresses] of Object.entries(refused)) {
    for (const address of addresses) expect([kind, address, mayConnect(address)]).toEqual([kind, address, false]);
  }
  for (const address of [
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:2800:220:1::1",
    "::ffff:8.8.8.8",
  ]) {
    expect([address, mayConnect(address)]).toEqual([address, true]);
  }
});

test("a network of one's own is opened by name, and nothing beside it", () => {
  const networks = [parseNetwork("10.1.0.0/16"), parseNetwork("::1")].filter((network) => network !== null);
  const verdicts = ["10.1.2.3", "::ffff:10.1.2.3", "::1", "10.2.0.1", "127.0.0.1"].map((address) =>
    mayConnect(address, networks),
  );
  expect(verdicts).toEqual([true, true, true, false, false]);
  expect(["10.0.0.0/33", "net", "1.2.3.4/x"].map(parseNetwork)).toEqual([null, null, null]);
});
