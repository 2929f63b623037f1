import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePages } from "./write-pages.ts";

test("pages have a form feed between them, however the engine gives them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sluice-pages-"));
  const path = join(folder, "x.txt");
  const written = async () => Bun.file(path).text();
  try {
    writePages(path, { pages: 3, text: Buffer.from("één\ntwo"), pageOffsets: Uint32Array.of(0, 6, 6, 9) });
    expect(await written()).toBe("één\n\f\ftwo");
    writePages(path, { pages: 2, text: "one\ftwo" });
    expect(await written()).toBe("one\ftwo");
    writePages(path, { pages: 0, text: new Uint8Array(), pageOffsets: Uint32Array.of(0) });
    expect(await written()).toBe("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
