/**
 * An extractor that does what its documents say: the first word of the bytes is an order. Stands where the native addon
 * stands, behind the same pool.
 */
import { readdirSync, writeSync } from "node:fs";
import type { ExtractedDocument, ExtractResult } from "@sluice/native";

export const engineVersion = "0.0.0-hostile";

export function extract(bytes: Uint8Array): ExtractResult {
  const [order = "", argument = ""] = Buffer.from(bytes).toString().split(/\s+/, 2);
  const act = orders[order];
  return act === undefined ? documentOf(Buffer.from(bytes).toString()) : act(argument);
}

const orders: Record<string, (argument: string) => ExtractResult> = {
  kill: (signal) => {
    process.stderr.write(`last words before ${signal}\n`);
    process.kill(process.pid, signal);
    // A signal is delivered a moment later.
    for (;;) Bun.sleepSync(10);
  },
  exit: (code) => process.exit(Number(code)),
  loop: () => {
    for (;;);
  },
  hog: () => {
    const taken: Uint8Array[] = [];
    for (;;) {
      taken.push(new Uint8Array(16 << 20).fill(1));
      Bun.sleepSync(5);
    }
  },
  // More than the kernel may give under the child's own limit, at once and without touching it.
  gulp: () => {
    const gulp = new Uint8Array(7 * 2 ** 30);
    return documentOf(`swallowed ${gulp.length}`);
  },
  flood: (megabytes) => {
    const noise = Buffer.alloc(1 << 20, "noise\n");
    for (let count = Number(megabytes); count > 0; count -= 1) {
      for (const descriptor of [1, 2]) for (let at = 0; at < noise.length;) at += writeSync(descriptor, noise, at);
    }
    return documentOf("flooded");
  },
  // Without a newline and without an end: nothing that waits for a whole line, or for all of it, ever gets there.
  floodForever: () => {
    const noise = Buffer.alloc(1 << 20, "noise ");
    for (;;) for (const descriptor of [1, 2]) writeSync(descriptor, noise);
  },
  // A header that is in order and promises an answer of 4 GB.
  longFrame: () => {
    const header = Buffer.alloc(24);
    header.write("SLc2");
    header.writeUInt8(2, 4);
    header.writeUInt32LE(0xffff_fff0, 20);
    writeSync(3, header);
    for (;;) writeSync(3, Buffer.alloc(1 << 20));
  },
  // Takes the whole worker down, not only this process.
  patricide: () => {
    process.kill(process.ppid, "SIGKILL");
    for (;;) Bun.sleepSync(10);
  },
  garbage: () => {
    writeSync(3, "This is no frame, but it is long enough to be taken for a header.\n");
    return documentOf("after garbage");
  },
  panic: () => ({ ok: false, error: { code: "NATIVE_PANIC", message: "index out of bounds", page: 3 } }),
  throw: () => {
    throw new TypeError("thrown across the seam");
  },
  crashOnce: (marker) => {
    // Crashes unless a file of that name exists, which it makes: the second try goes well.
    if (readdirSync("/tmp").includes(marker)) return documentOf("second try");
    Bun.spawnSync(["/usr/bin/touch", `/tmp/${marker}`]);
    process.kill(process.pid, "SIGKILL");
    for (;;) Bun.sleepSync(10);
  },
  slow: (ms) => {
    Bun.sleepSync(Number(ms));
    return documentOf(`slept ${ms}`);
  },
  scan: () => documentOf("", "scanned"),
  environment: () => documentOf(`${Object.keys(process.env).sort().join(",")} ${process.cwd()} ${process.pid}`),
  pages: (count) => documentOf(Array.from({ length: Number(count) }, () => "x".repeat(3_000)).join("\f")),
};

function documentOf(text: string, verdict: "text" | "scanned" = "text"): ExtractResult {
  const pages = text.split("\f");
  const offsets = new Uint32Array(pages.length + 1);
  pages.forEach((page, index) => (offsets[index + 1] = (offsets[index] ?? 0) + Buffer.byteLength(page)));
  const document: ExtractedDocument = {
    format: "pdf",
    pageCount: pages.length,
    firstPage: 1,
    pages: pages.map((page) => ({
      verdict,
      widthPt: 595,
      heightPt: 842,
      chars: page.length,
      maxFontPt: 12,
      imageCoverage: verdict === "scanned" ? 1 : 0,
    })),
    text: Buffer.from(pages.join("")),
    pageOffsets: offsets,
    metadata: { pdfVersion: "1.7", tagged: false, encrypted: false },
    warnings: [],
  };
  return { ok: true, document };
}
