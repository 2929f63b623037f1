import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileUri } from "@sluice/contracts/file-uri";
import { FileRoots } from "@sluice/sources/files";
import { FileSource } from "./file-source.ts";

let folder: string;
const anywhere = new FileSource(new FileRoots(["/"]));
const MAX = 1 << 30;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-source-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function codeOf(source: FileSource, path: string | Uint8Array, maxBytes = MAX): string {
  const read = source.read(fileUri(path), maxBytes);
  return read.ok ? "ok" : read.code;
}

describe("what is read", () => {
  test("bytes, their SHA-256 and their version", () => {
    const content = Buffer.alloc(3_000_001, "some bytes ");
    const path = file("large", content);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const read = anywhere.read(fileUri(path), MAX);
    if (!read.ok) throw new Error(read.message);
    expect(Buffer.compare(read.bytes, content)).toBe(0);
    expect(read.contentHash).toBe(new Bun.CryptoHasher("sha256").update(content).digest("hex"));
    expect(read.sourceVersion).toBe("3000001:1700000000000000000");
  });

  test("a small file after a large one has only its own bytes", () => {
    anywhere.read(fileUri(file("first", "x".repeat(100_000))), MAX);
    const read = anywhere.read(fileUri(file("second", "short")), MAX);
    expect(read.ok && Buffer.from(read.bytes).toString()).toBe("short");
  });

  test("names that are no text, or hold spaces and newlines", () => {
    const odd = Buffer.concat([Buffer.from(`${folder}/a b\n%`), Buffer.from([0xff, 0xfe]), Buffer.from(".pdf")]);
    writeFileSync(odd, "odd");
    const read = anywhere.read(fileUri(odd), MAX);
    expect(read.ok && Buffer.from(read.bytes).toString()).toBe("odd");
  });
});

describe("what cannot be read has a name", () => {
  test("missing, empty, too large", () => {
    expect(codeOf(anywhere, join(folder, "missing"))).toBe("SOURCE_NOT_FOUND");
    expect(codeOf(anywhere, join(file("plain", "x"), "below-a-file"))).toBe("SOURCE_NOT_FOUND");
    expect(codeOf(anywhere, file("empty", ""))).toBe("EMPTY_FILE");
    expect(codeOf(anywhere, file("six", "123456"), 5)).toBe("SOURCE_TOO_LARGE");
    expect(codeOf(anywhere, file("five", "12345"), 5)).toBe("ok");
  });

  test("folders, pipes, devices, loops: at once, without waiting for a writer", () => {
    const pipe = join(folder, "pipe");
    Bun.spawnSync(["mkfifo", pipe]);
    expect(anywhere.read(fileUri(pipe), MAX)).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: expect.stringContaining("pipe"),
    });
    expect(anywhere.read(fileUri(folder), MAX)).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: expect.stringContaining("folder"),
    });
    expect(codeOf(anywhere, "/dev/zero")).toBe("SOURCE_UNREADABLE");
    symlinkSync(join(folder, "loop"), join(folder, "loop"));
    expect(codeOf(anywhere, join(folder, "loop"))).toBe("SOURCE_UNREADABLE");
    expect(codeOf(anywhere, `${folder}/${"n".repeat(300)}`)).toBe("SOURCE_UNREADABLE");
  });

  test("a file without permission", () => {
    const path = file("secret", "x");
    chmodSync(path, 0o000);
    chmodSync(folder, 0o755);
    // Root may read everything, so the reading runs as somebody else, who need not be able to enter this checkout.
    const script = `
      const { FileRoots } = await import("@sluice/sources/files");
      const { FileSource } = await import(${JSON.stringify(join(import.meta.dir, "file-source.ts"))});
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      console.log(JSON.stringify(new FileSource(new FileRoots(["/"])).read(process.argv[1], 10)));`;
    const read = Bun.spawnSync([process.execPath, "-e", script, fileUri(path)], { cwd: import.meta.dir });
    expect(JSON.parse(read.stdout.toString())).toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: expect.stringContaining("EACCES"),
    });
  });

  test("other kinds of source", () => {
    for (const uri of ["s3://bucket/key", "relative/path", "file://host/path", "file:///bad%zz", "file:///nul%00"]) {
      expect(anywhere.read(uri, MAX)).toMatchObject({ ok: false, code: "SOURCE_UNREADABLE" });
    }
  });

  test("what a huge file needed is given back, and the next one is read as ever", () => {
    const source = new FileSource(new FileRoots(["/"]));
    const small = fileUri(file("small", "1"));
    expect(source.read(small, MAX).ok).toBe(true);
    expect(source.trim()).toBe(false);
    expect(source.read(fileUri(file("huge", Buffer.alloc(9 << 20, 1))), MAX).ok).toBe(true);
    expect(source.trim()).toBe(true);
    expect(source.trim()).toBe(false);
    const read = source.read(small, MAX);
    expect(read.ok && Buffer.from(read.bytes).toString()).toBe("1");
  });

  test("a file that grows or is rewritten while it is read", async () => {
    const path = file("busy", Buffer.alloc(64 << 20, 1));
    const script = `for (;;) require("fs").appendFileSync(${JSON.stringify(path)}, "x")`;
    const writer = Bun.spawn([process.execPath, "-e", script]);
    try {
      let code = "ok";
      for (let tries = 0; tries < 500 && code === "ok"; tries += 1) {
        code = codeOf(anywhere, path);
        await Bun.sleep(1);
      }
      expect(code).toBe("SOURCE_CHANGED");
    } finally {
      writer.kill("SIGKILL");
      await writer.exited;
    }
    appendFileSync(path, "done");
    expect(codeOf(anywhere, path)).toBe("ok");
  });
});

describe("confinement", () => {
  test("is decided on the real path", () => {
    mkdirSync(join(folder, "allowed/deep"), { recursive: true });
    mkdirSync(join(folder, "allowed-not"));
    const inside = file("allowed/deep/inside", "x");
    const outside = file("outside", "x");
    const sibling = file("allowed-not/sibling", "x");
    symlinkSync(outside, join(folder, "allowed/escape"));
    symlinkSync(inside, join(folder, "way-in"));
    symlinkSync(join(folder, "allowed"), join(folder, "alias"));
    for (const root of [join(folder, "allowed"), `${folder}/allowed//`, join(folder, "alias")]) {
      const confined = new FileSource(new FileRoots([root]));
      expect(codeOf(confined, inside)).toBe("ok");
      expect(codeOf(confined, join(folder, "way-in"))).toBe("ok");
      expect(codeOf(confined, join(folder, "alias/deep/inside"))).toBe("ok");
      for (const path of [
        outside,
        sibling,
        join(folder, "allowed/escape"),
        `${folder}/allowed/../outside`,
        "/dev/zero",
      ]) {
        expect(codeOf(confined, path)).toBe("SOURCE_NOT_ALLOWED");
      }
    }
  });

  test("does not tell what exists outside", () => {
    const confined = new FileSource(new FileRoots([join(folder, "allowed")]));
    expect(codeOf(confined, "/etc/no-such-file")).toBe("SOURCE_NOT_ALLOWED");
    expect(codeOf(confined, join(folder, "allowed/no-such-file"))).toBe("SOURCE_NOT_FOUND");
  });
});
