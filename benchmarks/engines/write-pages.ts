import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import type { ExtractedText } from "./engine.ts";

const FORM_FEED = Uint8Array.of(0x0c);

/** Writes a text with form feeds between its pages, without a second copy of it in memory. */
export function writePages(path: string, { text, pageOffsets }: ExtractedText): void {
  if (typeof text === "string" || pageOffsets === undefined) {
    writeFileSync(path, text);
    return;
  }
  const file = openSync(path, "w");
  try {
    for (let page = 0; page + 1 < pageOffsets.length; page += 1) {
      if (page > 0) writeSync(file, FORM_FEED);
      writeSync(file, text, pageOffsets[page] ?? 0, (pageOffsets[page + 1] ?? 0) - (pageOffsets[page] ?? 0));
    }
  } finally {
    closeSync(file);
  }
}
