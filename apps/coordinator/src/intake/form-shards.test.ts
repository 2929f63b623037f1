import { expect, test } from "bun:test";
import { formShards } from "./form-shards.ts";

const items = (count: number, sizeBytes: number) =>
  Array.from({ length: count }, (_, ordinal) => ({ ordinal, sizeBytes }));

test("every item is in exactly one shard, in order", () => {
  for (const [count, size, slots] of [
    [1, 10, 8],
    [7, 1 << 20, 2],
    [1_000, 350_000, 4],
    [100, 30 << 20, 1],
  ] as const) {
    const ordinals = formShards(items(count, size), slots).flatMap((shard) => shard.ordinals);
    expect(ordinals).toEqual(items(count, size).map((item) => item.ordinal));
  }
});

test("a few documents are spread over all slots", () => {
  expect(formShards(items(8, 1_000), 8).map((shard) => shard.ordinals.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  expect(formShards(items(5, 1_000), 2).map((shard) => shard.ordinals.length)).toEqual([2, 2, 1]);
});

test("shards shrink to the end, so that all slots end together", () => {
  const counts = formShards(items(122, 1_000), 2).map((shard) => shard.ordinals.length);
  expect(counts).toEqual([31, 23, 17, 13, 10, 8, 8, 8, 4]);
  const bySize = formShards(items(16, 10 << 20), 1).map((shard) => shard.ordinals.length);
  expect(bySize).toEqual([6, 5, 2, 1, 1, 1]);
});

test("many documents: at most 256 in a shard, and 64 MB", () => {
  const small = formShards(items(10_000, 1_000), 2);
  expect(Math.max(...small.map((shard) => shard.ordinals.length))).toBe(256);
  const large = formShards(items(1_000, 1 << 20), 1);
  expect(Math.max(...large.map((shard) => shard.ordinals.length))).toBe(64);
});

test("no more documents than the batch allows", () => {
  const shards = formShards(items(100, 1_000), 1, 10);
  expect(Math.max(...shards.map((shard) => shard.ordinals.length))).toBe(10);
  expect(formShards(items(3, 1_000), 1, 1).map((shard) => shard.ordinals)).toEqual([[0], [1], [2]]);
});

test("a huge document is a shard of its own", () => {
  const mixed = [1_000, 500 << 20, 1_000].map((sizeBytes, ordinal) => ({ ordinal, sizeBytes }));
  expect(formShards(mixed, 1).map((shard) => shard.ordinals)).toEqual([[0], [1], [2]]);
});
