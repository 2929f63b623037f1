import { describe, expect, test } from "bun:test";
import { FIRST_CHUNK_ITEMS, type ItemSubmission, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";
import { submitSources } from "./submit-sources.ts";

async function* listing(count: number, before?: (index: number) => void | Promise<void>) {
  for (let index = 0; index < count; index += 1) {
    await before?.(index);
    yield { uri: `file:///d/${index}`, sizeBytes: index, sourceVersion: `${index}:0` };
  }
}

function recorder() {
  const chunks: ItemSubmission[][] = [];
  const client = {
    appendItems: (_batchId: string, items: readonly ItemSubmission[]) => {
      chunks.push([...items]);
      return Promise.resolve({ accepted: items.length, nextOrdinal: (items.at(-1)?.ordinal ?? -1) + 1 });
    },
  };
  return { chunks, client };
}

const never = new AbortController().signal;

describe("submitSources", () => {
  test("ordinals run on across chunks without a gap", async () => {
    const { chunks, client } = recorder();
    const count = FIRST_CHUNK_ITEMS + MAX_ITEMS_PER_CHUNK + 7;
    expect(await submitSources(client, "b", listing(count), { signal: never })).toBe(count);
    expect(chunks.map((chunk) => chunk.length)).toEqual([FIRST_CHUNK_ITEMS, MAX_ITEMS_PER_CHUNK, 7]);
    expect(chunks.flat().map((item) => item.ordinal)).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  test("a slow listing hands in what it has", async () => {
    const { chunks, client } = recorder();
    const slow = listing(3, (index) => (index === 1 ? Bun.sleep(300) : undefined));
    expect(await submitSources(client, "b", slow, { signal: never })).toBe(3);
    expect(chunks.map((chunk) => chunk.length)).toEqual([2, 1]);
  });

  test("after an interruption nothing more is handed in, and the count is what the server has", async () => {
    const { chunks, client } = recorder();
    const controller = new AbortController();
    const count = await submitSources(
      client,
      "b",
      listing(10, (index) => void (index === 5 && controller.abort())),
      {
        signal: controller.signal,
      },
    );
    expect(count).toBe(chunks.flat().length);
    expect(count).toBeLessThanOrEqual(5);
  });

  test("nothing listed, nothing sent", async () => {
    const { chunks, client } = recorder();
    expect(await submitSources(client, "b", listing(0), { signal: never })).toBe(0);
    expect(chunks).toEqual([]);
  });
});
