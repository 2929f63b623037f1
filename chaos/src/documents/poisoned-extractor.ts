/**
 * The engine, but for documents that begin with the mark of poison: those do what they say. Loaded by extractor processes
 * in place of the native addon.
 */
import { writeSync } from "node:fs";
import { engineVersion, extract as extractReally, type ExtractOptions, type ExtractResult } from "@sluice/native";
import { POISON_MARK } from "./document-set.ts";

export { engineVersion };

/** Long enough to be met at work, short enough to be waited for. */
const SLOW_MS = 500;

export function extract(bytes: Uint8Array, options: ExtractOptions): ExtractResult {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  if (!head.startsWith(POISON_MARK)) return extractReally(bytes, options);
  const [, kind = "", number = ""] = head.trim().split(" ");
  switch (kind) {
    case "crash":
      process.stderr.write(`last words of crash ${number}\n`);
      return die(process.pid, "SIGSEGV");
    case "killer":
      // Its parent is the worker.
      return die(process.ppid, "SIGKILL");
    case "hang":
      for (;;);
    case "hog": {
      const taken: Uint8Array[] = [];
      for (;;) {
        taken.push(new Uint8Array(16 << 20).fill(1));
        Bun.sleepSync(2);
      }
    }
    case "slow":
      Bun.sleepSync(SLOW_MS);
      return documentOf(`slow ${number}\n`);
    case "flood": {
      const noise = Buffer.alloc(1 << 20, "noise\n");
      for (let count = 0; count < 8; count += 1) {
        for (const descriptor of [1, 2]) for (let at = 0; at < noise.length;) at += writeSync(descriptor, noise, at);
      }
      return documentOf(`flood ${number}\n`);
    }
    default:
      throw new Error(`no such poison: ${kind}`);
  }
}

function die(pid: number, signal: NodeJS.Signals): never {
  process.kill(pid, signal);
  // A signal is delivered a moment later.
  for (;;) Bun.sleepSync(10);
}

function documentOf(text: string): ExtractResult {
  const bytes = Buffer.from(text);
  return {
    ok: true,
    document: {
      format: "pdf",
      pageCount: 1,
      firstPage: 1,
      pages: [{ verdict: "sparse", widthPt: 595, heightPt: 842, chars: text.length, maxFontPt: 12, imageCoverage: 0 }],
      text: bytes,
      pageOffsets: new Uint32Array([0, bytes.length]),
      metadata: { pdfVersion: "1.7", tagged: false, encrypted: false },
      warnings: [],
    },
  };
}
