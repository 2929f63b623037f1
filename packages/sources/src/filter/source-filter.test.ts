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

test("what is no pattern throws nothing and takes no time", () => {
  for (const pattern of ["[", "(", "{a", "***", "+(", "\\", `${"*a".repeat(200)}b`]) {
    const before = performance.now();
    sourceMatcher({ include: [pattern] })("a".repeat(200), 1);
    expect(performance.now() - before).toBeLessThan(2_000);
  }
});
