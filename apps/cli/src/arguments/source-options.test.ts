import { expect, test } from "bun:test";
import { byteSize, sourceFilter } from "./source-options.ts";

test("sizes as people write them", () => {
  expect(["0", "4096", "10k", "10K", "5MB", "5 mb", "1.5GiB"].map(byteSize)).toEqual([
    0,
    4_096,
    10_240,
    10_240,
    5 << 20,
    5 << 20,
    1.5 * 2 ** 30,
  ]);
  for (const text of ["", "k", "-1", "1e9", "10kk", "ten", "1T", "99999999999g"])
    expect(() => byteSize(text)).toThrow();
});

test("what no flag says is not in the filter, so that equal submissions look equal", () => {
  expect(sourceFilter({ archives: true })).toEqual({});
  expect(sourceFilter({ include: ["*.pdf"], minSize: 1, archives: false })).toEqual({
    include: ["*.pdf"],
    minBytes: 1,
    expandArchives: false,
  });
});
