import { engineVersion, extract } from "@sluice/native";
import type { Engine } from "./engine.ts";

/** Sluice's own engine through the addon, as an extractor child calls it: synchronous, one UTF-8 buffer a document. */
export function native(): Engine {
  return {
    version: engineVersion,
    extract({ bytes }) {
      const result = extract(bytes);
      if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
      const { pages, text, pageOffsets } = result.document;
      return { pages: pages.length, text: withFormFeeds(text, pageOffsets) };
    },
  };
}

function withFormFeeds(text: Uint8Array, offsets: Uint32Array): Uint8Array {
  const breaks = Math.max(0, offsets.length - 2);
  const joined = new Uint8Array(text.length + breaks);
  for (let page = 0; page < offsets.length - 1; page += 1) {
    const start = offsets[page] ?? 0;
    const end = offsets[page + 1] ?? text.length;
    if (page > 0) joined[start + page - 1] = 0x0c;
    joined.set(text.subarray(start, end), start + page);
  }
  return joined;
}
