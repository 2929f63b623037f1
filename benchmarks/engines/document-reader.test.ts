import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DocumentReader } from "./document-reader.ts";

test("each file is read whole and nothing of the one before is seen", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sluice-reader-"));
  try {
    const large = new Uint8Array((1 << 20) + 7).map((_, index) => index % 251);
    await Bun.write(join(folder, "large"), large);
    await Bun.write(join(folder, "small"), "abc");
    await Bun.write(join(folder, "empty"), "");
    const reader = new DocumentReader();
    expect(Buffer.compare(reader.read(join(folder, "large")), large)).toBe(0);
    expect(Buffer.from(reader.read(join(folder, "small"))).toString()).toBe("abc");
    expect(reader.read(join(folder, "empty"))).toHaveLength(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
