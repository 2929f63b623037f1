import { expect, test } from "bun:test";
import { writeNdjson } from "./write-ndjson.ts";

async function* stepsOf(...steps: object[][]) {
  yield* steps;
}

test("rows come out as they went in, in their order, whatever their size, and what was handed out is not written over", async () => {
  const row = (text: string, n: number) => ({ n, text });
  const small = Array.from({ length: 5_000 }, (_, n) => row(`ünï €𝄞 "quoted"\n${n}`.repeat(20), n));
  const large = row("€".repeat(400_000), -1);
  const rows = [[large], [], small.slice(0, 2_000), [row("a", -2), large, row("b", -3)], small.slice(2_000)];
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeNdjson(stepsOf(...rows))) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString().split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line))).toEqual(rows.flat());
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(1_200_100);
});

test("no rows are no bytes", async () => {
  for await (const chunk of writeNdjson(stepsOf([], []))) throw new Error(`${chunk.length} bytes`);
});
