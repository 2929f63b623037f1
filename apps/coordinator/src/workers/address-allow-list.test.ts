import { expect, test } from "bun:test";
import { parseAddressAllowList } from "./address-allow-list.ts";

test("addresses and networks, v4 and v6, and names that are listed", () => {
  const allows = parseAddressAllowList(["localhost", "127.0.0.0/8", "::1", "10.1.0.0/16", "worker-1"]);
  expect(
    ["http://localhost:80", "http://127.9.9.9:1", "http://[::1]:2", "https://10.1.255.1:3", "http://worker-1:4"].map(
      allows,
    ),
  ).toEqual([true, true, true, true, true]);
  expect(
    [
      "http://10.2.0.1:1",
      "http://[::2]:1",
      "http://localhost.example.org:1",
      "ftp://127.0.0.1",
      "http://u:p@127.0.0.1",
      "nonsense",
    ].map(allows),
  ).toEqual([false, false, false, false, false, false]);
});

test("other spellings of an address do not slip through", () => {
  const allows = parseAddressAllowList(["10.0.0.0/8"]);
  // All of these are 127.0.0.1.
  expect(["http://2130706433/", "http://0x7f.1/", "http://127.1/"].map(allows)).toEqual([false, false, false]);
  expect(allows("http://0x0a.0.0.1/")).toBe(true);
});

test("an entry that is none of these is refused", () => {
  expect(() => parseAddressAllowList(["10.0.0.0/33"])).toThrow("10.0.0.0/33");
  expect(() => parseAddressAllowList(["host/8"])).toThrow("host/8");
});
