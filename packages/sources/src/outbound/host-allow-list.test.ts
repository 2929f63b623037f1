import { expect, test } from "bun:test";
import { hostAllowList } from "./host-allow-list.ts";

test("names, names below a name, ports; addresses only where they are named", () => {
  const allows = hostAllowList([
    "example.org",
    "*.files.org",
    "docs.org:8443",
    "10.0.0.7",
    "[::1]:80",
    "fd00::5",
    "any.org:*",
  ]);
  const verdicts = (urls: readonly string[]) => urls.map((url) => [url, allows(new URL(url))]);
  const allowed = [
    "https://example.org/a",
    "http://EXAMPLE.org./",
    "https://a.b.files.org/",
    "https://docs.org:8443/",
    "http://10.0.0.7/",
    "http://[::1]/",
    "https://[fd00::5]/",
    "http://any.org:1234/",
  ];
  expect(verdicts(allowed)).toEqual(allowed.map((url) => [url, true]));
  const refused = [
    "https://example.org:8443/",
    "https://a.example.org/",
    "https://files.org/",
    "https://evilfiles.org/",
    "https://docs.org/",
    "http://10.0.0.8/",
    "https://[::1]/",
    "ftp://example.org/",
    "http://example.org.evil.org/",
  ];
  expect(verdicts(refused)).toEqual(refused.map((url) => [url, false]));
});

test("a star is for names alone, on the standard ports", () => {
  const any = hostAllowList(["*"]);
  const urls = ["http://a/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://a:81/"];
  expect(urls.map((url) => any(new URL(url)))).toEqual([true, false, false, false, false]);
  expect(hostAllowList([])(new URL("http://example.org/"))).toBe(false);
});
