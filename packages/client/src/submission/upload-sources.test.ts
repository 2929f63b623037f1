import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, fileUri, formatSource, memberUri, type Upload, uploadVersion } from "@sluice/contracts";
import type { UploadOptions } from "../upload.ts";
import type { UploadSource } from "../upload-source.ts";
import type { ListingFault } from "./source-listing.ts";
import { uploadSources, type UploadSourcesOptions } from "./upload-sources.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice-upload-sources-")));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => fileUri(join(folder, name));
for (const name of ["a.pdf", "b.zip", "c.pdf", "locked.zip"]) writeFileSync(join(folder, name), name);

const hash = "ab".repeat(32);

/** A server that keeps everything but what is refused by name, and how it was asked. */
function recorder(refused: readonly string[] = []) {
  const calls: { name: string; askFirst: boolean; running: number }[] = [];
  let running = 0;
  const client = {
    async upload(_source: UploadSource, { name = "", askFirst = false }: UploadOptions = {}): Promise<Upload> {
      running += 1;
      calls.push({ name, askFirst, running });
      await Bun.sleep(5);
      running -= 1;
      if (refused.includes(name)) throw new AppError("PAYLOAD_TOO_LARGE", "too large");
      const uri = formatSource({ scheme: "upload", contentHash: hash, name });
      return { uri, contentHash: hash, sizeBytes: 5, sourceVersion: uploadVersion(hash), known: false };
    },
  };
  return { calls, client };
}

async function collect(uris: readonly string[], client: ReturnType<typeof recorder>["client"], options: object = {}) {
  const faults: ListingFault[] = [];
  async function* files() {
    for (const uri of uris) yield { uri, sizeBytes: 77, sourceVersion: "local" };
  }
  const all: UploadSourcesOptions = { onFault: (fault) => void faults.push(fault), ...options };
  return { sources: await Array.fromAsync(uploadSources(client, files(), all)), faults };
}

test("an archive is sent once, its members are sources of their own size, and the order stays", async () => {
  const { calls, client } = recorder();
  const members = ["x.pdf", "in/y.pdf"].map((name) => memberUri(at("b.zip"), name));
  const { sources, faults } = await collect([at("a.pdf"), ...members, at("c.pdf")], client, { below: folder });
  expect(calls.map(({ name }) => name).sort()).toEqual(["a.pdf", "b.zip", "c.pdf"]);
  expect(sources.map(({ uri, sizeBytes }) => [uri.replace(`upload://${hash}/`, ""), sizeBytes])).toEqual([
    ["a.pdf", 5],
    ["b.zip#/x.pdf", 77],
    ["b.zip#/in/y.pdf", 77],
    ["c.pdf", 5],
  ]);
  expect(new Set(sources.map(({ sourceVersion }) => sourceVersion))).toEqual(new Set([uploadVersion(hash)]));
  expect(faults).toEqual([]);
});

test("what an earlier try has handed in is asked for before it is sent; a few are on their way at a time", async () => {
  const { calls, client } = recorder();
  const uris = Array.from({ length: 20 }, () => at("a.pdf"));
  expect((await collect(uris, client, { handedIn: 3 })).sources).toHaveLength(20);
  // Files are opened beside each other, and need not be so in their order.
  expect(calls.filter(({ askFirst }) => askFirst)).toHaveLength(3);
  expect(Math.max(...calls.map(({ running }) => running))).toBeLessThanOrEqual(5);
});

test("what cannot be sent is one fault, an archive with all its members; others go on", async () => {
  const { client } = recorder(["locked.zip"]);
  const members = ["x", "y", "z"].map((name) => memberUri(at("locked.zip"), name));
  const { sources, faults } = await collect([at("gone.pdf"), ...members, at("c.pdf")], client);
  expect(sources).toHaveLength(1);
  expect(faults.map(({ uri, code }) => [uri, code])).toEqual([
    [at("gone.pdf"), "SOURCE_UNREADABLE"],
    [at("locked.zip"), "PAYLOAD_TOO_LARGE"],
  ]);
});

test("what concerns all files ends it", () => {
  const client = { upload: () => Promise.reject(new AppError("DISK_FULL", "no space")) };
  expect(collect([at("a.pdf"), at("c.pdf")], client)).rejects.toMatchObject({ code: "DISK_FULL" });
});
