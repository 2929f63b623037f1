import { expect, test } from "bun:test";
import { sourceMatcher } from "./source-filter.ts";

function taken(filter: Parameters<typeof sourceMatcher>[0], paths: string[]): string[] {
  const matches = sourceMatcher(filter);
  return paths.filter((path) => matches(path, 10));
}

const PATHS = ["a.pdf", "b.PDF", "in/c.pdf", "in/deep/d.txt", "in/.hidden.pdf", "!odd.pdf", "in/[x].pdf"];

test("patterns without a slash look at the name, others at the path", () => {
  expect(taken({ include: ["*.pdf"] }, PATHS)).toEqual([
    "a.pdf",
    "in/c.pdf",
    "in/.hidden.pdf",
    "!odd.pdf",
    "in/[x].pdf",
  ]);
  expect(taken({ include: ["in/*.pdf"] }, PATHS)).toEqual(["in/c.pdf", "in/.hidden.pdf", "in/[x].pdf"]);
  expect(taken({ include: ["in/**"] }, PATHS)).toEqual(["in/c.pdf", "in/deep/d.txt", "in/.hidden.pdf", "in/[x].pdf"]);
  expect(taken({ include: ["./in/**/*.txt"] }, PATHS)).toEqual(["in/deep/d.txt"]);
  expect(taken({ include: ["*.{pdf,PDF}"], exclude: ["in/**"] }, PATHS)).toEqual(["a.pdf", "b.PDF", "!odd.pdf"]);
  expect(taken({ include: ["!odd.pdf"] }, PATHS)).toEqual(["!odd.pdf"]);
  expect(taken({ include: ["\\[x\\].pdf"] }, PATHS)).toEqual(["in/[x].pdf"]);
  expect(taken({ exclude: ["*"] }, PATHS)).toEqual([]);
  expect(taken({}, PATHS)).toEqual(PATHS);
});

test("sizes at their bounds", () => {
  const matches = sourceMatcher({ minBytes: 10, maxBytes: 20 });
  expect([9, 10, 20, 21].map((bytes) => matches("a", bytes))).toEqual([false, true, true, false]);
});

test("what a pattern may hold", () => {
  const cases: [pattern: string, yes: string[], no: string[]][] = [
    ["**", ["a", "a/b/c"], []],
    ["**/x.pdf", ["x.pdf", "a/x.pdf", "a/b/x.pdf"], ["ax.pdf", "x.pdf/b"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb"]],
    ["a/**", ["a/b", "a/b/c"], ["ab", "b/a"]],
    ["a**b", ["ab", "axb"], ["a/b"]],
    ["?.pdf", ["a.pdf", "\u{1f600}.pdf"], ["ab.pdf", ".pdf"]],
    ["[a-c!]x[!0-9]", ["ax-", "!xa"], ["dx-", "ax7", "ax/"]],
    ["[]]", ["]"], ["[]]"]],
    ["{a,b/{c,d}}/*.{txt,md}", ["a/x.txt", "b/c/x.md", "b/d/y.txt"], ["b/x.txt", "a/x.pdf"]],
    ["{**/,}x/y", ["x/y", "a/x/y"], ["ax/y"]],
    ["{a}", ["{a}"], ["a"]],
    ["report (1).pdf", ["report (1).pdf"], ["report 1.pdf"]],
    ["a|b+(c)$^", ["a|b+(c)$^"], ["a"]],
    ["\\*\\{\\?", ["*{?"], ["a{b"]],
    ["[", ["["], ["a"]],
  ];
  for (const [pattern, yes, no] of cases) {
    // With a slash, so that the whole path is looked at.
    const under = pattern.startsWith("**") ? pattern : `z/${pattern}`;
    const prefix = pattern.startsWith("**") ? "" : "z/";
    expect([
      pattern,
      taken(
        { include: [under] },
        yes.map((path) => prefix + path),
      ),
    ]).toEqual([pattern, yes.map((path) => prefix + path)]);
    expect([
      pattern,
      taken(
        { include: [under] },
        no.map((path) => prefix + path),
      ),
    ]).toEqual([pattern, []]);
  }
});

test("what is no pattern throws nothing, and no pattern takes time", () => {
  const patterns = [
    "[",
    "(",
    "{a",
    "***",
    "+(",
    "\\",
    "{,}{,}{,}",
    "(a+)+$",
    "((a+)+)+$",
    "+(a|a*)*(a|b)*+(a*)x",
    "[a-",
    `${"*a".repeat(200)}b`,
    `**/${"*a".repeat(13)}*b`,
    `${"{a,aa,*}".repeat(100)}b`,
    `${"{".repeat(400)}a,b${"}".repeat(400)}`,
    "{a,b}".repeat(199),
  ];
  for (const pattern of patterns) {
    const before = performance.now();
    sourceMatcher({ include: [pattern] })("a".repeat(255), 1);
    expect([pattern, performance.now() - before < 1_000]).toEqual([pattern, true]);
  }
});
