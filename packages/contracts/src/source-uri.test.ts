import { describe, expect, test } from "bun:test";
import { displayUri } from "./file-uri.ts";
import { formatSource, memberUri, parseSource, type SourcePlace } from "./source-uri.ts";

// Deterministic, and as odd as names get: separators, percent signs, control characters, other scripts, pairs of surrogates.
const ALPHABET = [
  "a",
  "Z",
  "9",
  "/",
  "%",
  "#",
  "?",
  "&",
  "+",
  " ",
  "\n",
  "é",
  "日",
  "𝄞",
  "..",
  "\\",
  '"',
  "~",
  "%2F",
  "\u202e",
];
function names(count: number): string[] {
  let state = 7;
  const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(12) }, () => ALPHABET[next(ALPHABET.length)] ?? "").join(""),
  );
}

describe("every name survives", () => {
  test("in each scheme, alone and as the container of a member", () => {
    for (const name of names(2_000)) {
      const places: SourcePlace[] = [
        { scheme: "s3", bucket: "papers", key: name },
        { scheme: "upload", contentHash: "ab".repeat(32), name },
        { scheme: "file", path: new TextEncoder().encode(`/${name}`) },
      ];
      for (const place of places) {
        const uri = formatSource(place);
        expect(uri).toMatch(/^[\x21-\x7e]+$/);
        expect(parseSource(uri)).toEqual({ place, uri, member: null });
        expect(parseSource(memberUri(uri, name))).toEqual({ place, uri, member: name });
      }
    }
  });

  test("bytes of a path that are no text", () => {
    const path = new Uint8Array([0x2f, 0xff, 0xfe, 0x23]);
    expect(parseSource(formatSource({ scheme: "file", path }))?.place).toEqual({ scheme: "file", path });
  });
});

test("what names nothing is null, whatever it is", () => {
  for (const uri of [
    "",
    "a.pdf",
    "/etc/passwd",
    "file://host/x",
    "file:/x",
    "file:///a%zz",
    "file:///a%00b",
    "file:///a%",
    "s3://",
    "s3://a",
    "s3:///key",
    "s3://bu cket/key",
    "s3://bucket/%ff",
    `s3://bucket/${"k".repeat(1_025)}`,
    "upload://abc/name",
    `upload://${"ab".repeat(32)}/`,
    "https://user:secret@host/x",
    "https://user@host/x",
    "http://",
    "ftp://host/x",
    "gopher://host/x",
    "javascript:alert(1)",
    "data:,x",
    "file:///a.zip#/",
    "file:///a.zip#/%00",
    "file:///a.zip#x",
  ]) {
    expect([uri, parseSource(uri)]).toEqual([uri, null]);
  }
});

test("addresses are written in one way, so that what is checked is what is asked", () => {
  const url = (uri: string) => {
    const place = parseSource(uri)?.place;
    return place?.scheme === "http" ? place.url : null;
  };
  expect(url("HTTP://EXAMPLE.org:80/a b#frag")).toBe("http://example.org/a%20b");
  expect(url("http://0x7f.1/")).toBe("http://127.0.0.1/");
  expect(url("http://2130706433/")).toBe("http://127.0.0.1/");
  expect(url("http://[::ffff:127.0.0.1]/")).toBe("http://[::ffff:7f00:1]/");
});

test("shown to people", () => {
  expect(displayUri("s3://papers/a%20b%0A.pdf")).toBe("s3://papers/a b\\u000a.pdf");
  expect(displayUri(`upload://${"ab".repeat(32)}/my%20report.pdf`)).toBe("upload:my report.pdf");
  expect(displayUri("file:///in%20box/a.zip#/b%20c/d.pdf")).toBe("/in box/a.zip#/b c/d.pdf");
  expect(displayUri("https://host/a%20b.pdf")).toBe("https://host/a%20b.pdf");
});
