import { expect, test } from "bun:test";
import { pageResultSchema } from "@sluice/contracts";
import { isPlainPage } from "./is-plain-page.ts";

const VALUES = [undefined, null, true, 0, -1, 7, 0.5, 2 ** 53, 1e300, "", "text", "empty", "Text", [], {}];

test("says of every page without an error what the schema says", () => {
  const page = { verdict: "text", chars: 3, textBytes: 4 };
  let taken = 0;
  for (const field of ["verdict", "chars", "textBytes", "other"]) {
    for (const value of VALUES) {
      const changed = { ...page, [field]: value };
      const isPlain = isPlainPage(changed);
      expect([field, value, isPlain]).toEqual([field, value, pageResultSchema.safeParse(changed).success]);
      taken += isPlain ? 1 : 0;
    }
  }
  for (const value of VALUES) expect(isPlainPage(value)).toBe(pageResultSchema.safeParse(value).success);
  expect(taken).toBeGreaterThan(20);
});

test("a page with an error is left to the schema", () => {
  const error = { code: "PAGE_UNREADABLE", message: "no" };
  expect(isPlainPage({ verdict: "text", chars: 0, textBytes: null, error })).toBe(false);
});
