import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ArchiveMember, FileReader, listArchive, readTar, ZipArchive } from "../src/archives/index.ts";
import { ARCHIVE_LIMITS } from "../src/archives/archive-limits.ts";
import { tarOf, zipOf } from "./make-archive.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-archives-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A tar whose first header says that so many bytes follow. */
function promising(tar: Buffer, size: number): Buffer {
  tar.write(`${size.toString(8).padStart(11, "0")} `, 124, "latin1");
  tar.write("        ", 148, "latin1");
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return tar;
}

let files = 0;
function readerOf(bytes: Buffer): FileReader {
  const path = join(folder, `archive-${files++}`);
  writeFileSync(path, bytes);
  return new FileReader(openSync(path, "r"), statSync(path).size);
}

async function listed(bytes: Buffer, kind: "zip" | "tar" | "tar.gz"): Promise<string[]> {
  using reader = readerOf(bytes);
  const lines: string[] = [];
  for await (const member of listArchive(reader, kind) as AsyncIterable<ArchiveMember>) {
    lines.push(`${member.name} ${member.sizeBytes}${member.fault === null ? "" : ` ${member.fault.code}`}`);
  }
  return lines;
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

async function readOf(bytes: Buffer, name: string, maxBytes = 1 << 30): Promise<Buffer> {
  using reader = readerOf(bytes);
  const zip = await ZipArchive.open(reader);
  return Buffer.concat(await Array.fromAsync(zip.read(name, maxBytes)));
}

describe("zip", () => {
  test("members are listed and read in any order", async () => {
    const text = Buffer.alloc(300_000, "many words ");
    const zip = zipOf([
      { name: "a/", method: 0, bytes: Buffer.alloc(0) },
      { name: "a/é 日.pdf", bytes: text },
      { name: "b", method: 0 },
    ]);
    expect(await listed(zip, "zip")).toEqual(["a/é 日.pdf 300000", "b 1"]);
    expect((await readOf(zip, "b")).toString()).toBe("x");
    expect(Buffer.compare(await readOf(zip, "a/é 日.pdf"), text)).toBe(0);
  });

  test("names that point out are at fault, the others are read; slashes of Windows are slashes", async () => {
    const names = ["../up", "a/../../up", "/etc/passwd", "C:\\x", "..\\up", "a\\b.pdf", "./c", "ok"];
    expect(await listed(zipOf(names.map((name) => ({ name }))), "zip")).toEqual([
      "a/../../up 1 SOURCE_NOT_ALLOWED",
      "etc/passwd 1",
      "C:/x 1 SOURCE_NOT_ALLOWED",
      // The library has made slashes of the others, so that this one and the first have one name.
      "../up 1 SOURCE_NOT_ALLOWED",
      "a/b.pdf 1",
      "c 1",
      "ok 1",
    ]);
  });

  test("encrypted members and unknown packing are named, the others are read", async () => {
    const zip = zipOf([{ name: "locked", flags: 0x801 }, { name: "lzma", method: 14 }, { name: "ok" }]);
    expect(await listed(zip, "zip")).toEqual(["locked 1 UNSUPPORTED_ENCRYPTION", "lzma 1 ARCHIVE_INVALID", "ok 1"]);
    expect(await faultOf(readOf(zip, "locked"))).toBe("UNSUPPORTED_ENCRYPTION");
    expect(await faultOf(readOf(zip, "missing"))).toBe("SOURCE_NOT_FOUND");
  });

  test("bombs: by what the directory says, and by what comes out in spite of it", async () => {
    const zeros = Buffer.alloc(200 << 20);
    expect(await faultOf(listed(zipOf([{ name: "bomb", bytes: zeros }]), "zip"))).toBe("DECOMPRESSION_RATIO_LIMIT");
    const liar = zipOf([{ name: "liar", bytes: zeros.subarray(0, 8 << 20), size: 1_000 }]);
    expect(await faultOf(readOf(liar, "liar"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(readOf(zipOf([{ name: "six", bytes: Buffer.from("123456") }]), "six", 5))).toBe(
      "SOURCE_TOO_LARGE",
    );
  });

  test("damage is named, wherever it is", async () => {
    const good = zipOf([{ name: "a", bytes: Buffer.alloc(5_000, "abc") }]);
    expect(await faultOf(readOf(zipOf([{ name: "a", checksum: 1 }]), "a"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(listed(good.subarray(0, good.length - 30), "zip"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(listed(Buffer.from("no zip at all"), "zip"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(listed(Buffer.alloc(0), "zip"))).toBe("ARCHIVE_INVALID");
    let named = 0;
    for (let at = 0; at < good.length; at += 1) {
      const broken = Buffer.from(good);
      broken[at] = (broken[at] ?? 0) ^ 0x55;
      const fault = await faultOf(readOf(broken, "a"));
      expect([
        "none",
        "ARCHIVE_INVALID",
        "SOURCE_NOT_FOUND",
        "UNSUPPORTED_ENCRYPTION",
        "DECOMPRESSION_RATIO_LIMIT",
        "SOURCE_NOT_ALLOWED",
        "SOURCE_TOO_LARGE",
      ]).toContain(fault);
      if (fault !== "none") named += 1;
    }
    expect(named).toBeGreaterThan(20);
  });
});

describe("tar", () => {
  test("one pass, packed or not; links are passed over; a name that comes twice is told", async () => {
    const parts = [
      { name: "a/é.pdf", bytes: Buffer.alloc(100_000, "q") },
      { name: "link", type: "symlink" as const },
      { name: "../up" },
      { name: "a/é.pdf", bytes: Buffer.from("second") },
      { name: `${"long/".repeat(40)}name.pdf` },
    ];
    const expected = [
      "a/é.pdf 100000",
      "../up 1 SOURCE_NOT_ALLOWED",
      "a/é.pdf 6 ARCHIVE_INVALID",
      `${"long/".repeat(40)}name.pdf 1`,
    ];
    const tar = await tarOf(parts);
    expect(await listed(tar, "tar")).toEqual(expected);
    expect(await listed(gzipSync(tar), "tar.gz")).toEqual(expected);
    using reader = readerOf(gzipSync(tar));
    const bodies: string[] = [];
    for await (const member of readTar(reader.read(0, reader.size), true)) {
      if (member.name === "../up") continue;
      bodies.push(
        Buffer.concat(await Array.fromAsync(member.body))
          .toString()
          .slice(0, 8),
      );
    }
    expect(bodies).toEqual(["qqqqqqqq", "second", "x"]);
  });

  test("bombs and damage", async () => {
    const bomb = gzipSync(promising(await tarOf([{ name: "bomb" }]), 1_200 << 20));
    expect(await faultOf(listed(bomb, "tar.gz"))).toBe("DECOMPRESSION_RATIO_LIMIT");
    const tar = await tarOf([{ name: "a", bytes: Buffer.alloc(100_000, "q") }, { name: "b" }]);
    expect(await faultOf(listed(tar.subarray(0, 50_000), "tar"))).toBe("ARCHIVE_INVALID");
    const packed = gzipSync(tar);
    expect(await faultOf(listed(packed.subarray(0, packed.length >> 1), "tar.gz"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(listed(Buffer.from("no gzip"), "tar.gz"))).toBe("ARCHIVE_INVALID");
    expect(await faultOf(listed(Buffer.alloc(2_000, "z"), "tar"))).toBe("ARCHIVE_INVALID");
  });

  test("leaving the loop reads no further", async () => {
    using reader = readerOf(
      await tarOf(Array.from({ length: 2_000 }, (_, index) => ({ name: `${index}`, bytes: Buffer.alloc(4_096) }))),
    );
    let read = 0;
    const counted = async function* () {
      for await (const chunk of reader.read(0, reader.size)) {
        read += chunk.length;
        yield chunk;
      }
    };
    for await (const member of readTar(counted(), false)) {
      if (member.name === "3") break;
    }
    expect(read).toBeLessThan(reader.size / 4);
  });
});

test("what is no member ends an archive as well, when there is no end of it", async () => {
  const folders = Array.from({ length: 250_000 }, () => ({ name: "a/", method: 0, bytes: Buffer.alloc(0) }));
  expect(await faultOf(listed(zipOf(folders), "zip"))).toBe("ARCHIVE_LIMIT");
  const one = await tarOf([{ name: "link", type: "symlink" }]);
  const header = one.subarray(0, 512);
  const links = Buffer.concat(Array.from({ length: 250_000 }, () => header));
  expect(await faultOf(listed(links, "tar"))).toBe("ARCHIVE_LIMIT");
  expect(await faultOf(listed(gzipSync(links), "tar.gz"))).toBe("ARCHIVE_LIMIT");
}, 60_000);

test("headers without members end a packed tar", async () => {
  const { headerBytes } = ARCHIVE_LIMITS;
  // Headers of the whole archive, of which the library tells nobody.
  const part = Buffer.alloc(1 << 20);
  promising(part, part.length - 512);
  part.write("g", 156, "latin1");
  part.write("ustar\u000000", 257, "latin1");
  const global = promising(part, part.length - 512);
  let sent = 0;
  const endless = async function* () {
    for (const packed = gzipSync(global, { level: 1 }); sent < 4 * headerBytes; sent += global.length) yield packed;
  };
  const members = async () => await Array.fromAsync(readTar(endless(), true));
  expect(await faultOf(members())).toBe("ARCHIVE_LIMIT");
  expect(sent).toBeLessThan(2 * headerBytes);
}, 60_000);

test("an archive that becomes shorter while it is read", async () => {
  const path = join(folder, "shrinks");
  writeFileSync(path, zipOf([{ name: "a", bytes: Buffer.alloc(100_000, "q"), method: 0 }]));
  using reader = new FileReader(openSync(path, "r"), statSync(path).size);
  const zip = await ZipArchive.open(reader);
  writeFileSync(path, readFileSync(path).subarray(0, 50_000));
  expect(await faultOf(Array.fromAsync(zip.read("a", 1 << 30)))).toBe("SOURCE_CHANGED");
});
