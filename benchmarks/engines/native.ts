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
      return { pages: pages.length, text, pageOffsets };
    },
  };
}
