import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Staging, StagingMemory } from "./staging.ts";

const piece = (byte: number, length: number) => new Uint8Array(length).fill(byte);

test("what is past the bound goes to a file without a name, and everything comes back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "staging-"));
  try {
    await using staging = new Staging(folder, new StagingMemory({ shardBytes: 100 }));
    const segments = [];
    for (let index = 0; index < 5; index += 1) segments.push(await staging.append(piece(index, 40)));
    expect(staging.byteLength).toBe(200);
    expect(staging.spooledBytes).toBe(120);
    expect(await readdir(folder)).toEqual([]);
    for (const [index, segment] of segments.entries()) {
      expect(Buffer.from(await staging.read(segment))).toEqual(Buffer.from(piece(index, 40)));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("below the bound no file is made", async () => {
  await using staging = new Staging("/nonexistent", new StagingMemory({ shardBytes: 100 }));
  const segment = await staging.append(piece(7, 100));
  expect(staging.spooledBytes).toBe(0);
  expect((await staging.read(segment))[0]).toBe(7);
});

test("shards share what memory there is, and give it back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "staging-"));
  try {
    const memory = new StagingMemory({ shardBytes: 100, allBytes: 150 });
    await using other = new Staging(folder, memory);
    {
      await using first = new Staging(folder, memory);
      await first.append(piece(1, 100));
      await other.append(piece(2, 60));
      expect([first.spooledBytes, other.spooledBytes]).toEqual([0, 60]);
    }
    await using last = new Staging(folder, memory);
    await last.append(piece(3, 100));
    expect(last.spooledBytes).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
