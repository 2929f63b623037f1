import { expect, test } from "bun:test";
import type { KnownDocument } from "../documents/document-set.ts";
import { orderAsListed } from "./order-as-listed.ts";

const document = {} as KnownDocument;
const items = ["s3://b/0/a", "s3://b/0/b", "s3://b/1/c", "s3://b/2/d"].map((uri) => ({ uri, document }));
const ordered = (...uris: string[]) => orderAsListed(items, uris).map(({ uri }) => uri);

test("sources may come in any order, the items of one only in theirs", () => {
  expect(ordered("s3://b/1/c", "s3://b/0/a", "s3://b/2/d", "s3://b/0/b")).toEqual([
    "s3://b/1/c",
    "s3://b/0/a",
    "s3://b/2/d",
    "s3://b/0/b",
  ]);
  expect(orderAsListed(items, ["s3://b/0/b", "s3://b/0/a"])).toBe(items);
});

test("what is stored twice, or is none of the book's, is not hidden", () => {
  expect(orderAsListed(items, ["s3://b/0/a", "s3://b/0/a"])).toBe(items);
  expect(orderAsListed(items, ["s3://b/0/z"])).toBe(items);
});

test("what is missing comes last", () => {
  expect(ordered("s3://b/2/d")).toEqual(["s3://b/2/d", "s3://b/0/a", "s3://b/0/b", "s3://b/1/c"]);
});
