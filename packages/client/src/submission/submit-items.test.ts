import { describe, expect, test } from "bun:test";
import { FIRST_CHUNK_ITEMS, type ItemSubmission, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";
import { type SubmissionCheckpoint, submitItems } from "./submit-items.ts";

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

describe("submitItems", () => {
  test("ordinals run on across chunks without a gap", async () => {
    const { chunks, client } = recorder();
    const count = FIRST_CHUNK_ITEMS + MAX_ITEMS_PER_CHUNK + 7;
    expect(await submitItems(client, "b", listing(count), { signal: never })).toBe(count);
    expect(chunks.map((chunk) => chunk.length)).toEqual([FIRST_CHUNK_ITEMS, MAX_ITEMS_PER_CHUNK, 7]);
    expect(chunks.flat().map((item) => item.ordinal)).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  test("a slow listing hands in what it has", async () => {
    const { chunks, client } = recorder();
    const slow = listing(3, (index) => (index === 1 ? Bun.sleep(300) : undefined));
    expect(await submitItems(client, "b", slow, { signal: never })).toBe(3);
    expect(chunks.map((chunk) => chunk.length)).toEqual([2, 1]);
  });

  test("after an interruption nothing more is handed in, and the count is what the server has", async () => {
    const { chunks, client } = recorder();
    const controller = new AbortController();
    const count = await submitItems(
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

  test("while a chunk is on its way the next one is made ready, and never two are under way", async () => {
    let under = 0;
    let listedMeanwhile = 0;
    let listed = 0;
    const client = {
      appendItems: async (_batchId: string, items: readonly ItemSubmission[]) => {
        under += 1;
        expect(under).toBe(1);
        const before = listed;
        await Bun.sleep(30);
        listedMeanwhile += listed - before;
        under -= 1;
        return { accepted: items.length, nextOrdinal: 0 };
      },
    };
    const count = 3 * MAX_ITEMS_PER_CHUNK;
    const turns = listing(count, (index) => {
      listed = index;
      return index % 1_000 === 0 ? Bun.sleep(0) : undefined;
    });
    expect(await submitItems(client, "b", turns)).toBe(count);
    expect(listedMeanwhile).toBeGreaterThan(MAX_ITEMS_PER_CHUNK);
  });

  test("what happened to a chunk is thrown, and the listing goes no further than the next one", async () => {
    let listed = 0;
    const client = { appendItems: () => Promise.reject(new Error("refused")) };
    const endless = listing(1_000_000, (index) => void (listed = index));
    await expect(submitItems(client, "b", endless)).rejects.toThrow("refused");
    expect(listed).toBeLessThan(2 * MAX_ITEMS_PER_CHUNK);
  });

  test("a checkpoint is what the server has, and what lies before one is not sent again", async () => {
    const { chunks, client } = recorder();
    const checkpoints: SubmissionCheckpoint[] = [];
    const onCheckpoint = (checkpoint: SubmissionCheckpoint) => void checkpoints.push(checkpoint);
    await submitItems(client, "b", listing(MAX_ITEMS_PER_CHUNK), { onCheckpoint });
    expect(checkpoints.map(({ items }) => items)).toEqual([FIRST_CHUNK_ITEMS, MAX_ITEMS_PER_CHUNK]);
    chunks.length = 0;
    const after = checkpoints[0];
    expect(await submitItems(client, "b", listing(MAX_ITEMS_PER_CHUNK), { after })).toBe(MAX_ITEMS_PER_CHUNK);
    expect(chunks.flat().map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: MAX_ITEMS_PER_CHUNK - FIRST_CHUNK_ITEMS }, (_, index) => FIRST_CHUNK_ITEMS + index),
    );
    await expect(submitItems(client, "b", listing(5), { after })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("nothing listed, nothing sent", async () => {
    const { chunks, client } = recorder();
    expect(await submitItems(client, "b", listing(0), { signal: never })).toBe(0);
    expect(chunks).toEqual([]);
  });
});
