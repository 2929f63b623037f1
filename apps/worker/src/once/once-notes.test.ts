import { expect, test } from "bun:test";
import { pageList } from "./once-notes.ts";

test("page numbers as people write them", () => {
  expect(pageList([3])).toBe("3");
  expect(pageList([1, 2, 3, 7, 9, 10])).toBe("1-3, 7, 9-10");
});
