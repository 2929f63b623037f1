import { extractText, getDocumentProxy } from "unpdf";
import { dependencies } from "../package.json" with { type: "json" };
import type { Engine } from "./engine.ts";

export function unpdf(): Engine {
  return {
    name: "unpdf",
    version: dependencies.unpdf,
    async extract(bytes) {
      const document = await getDocumentProxy(bytes.slice(), { verbosity: 0 });
      const { text } = await extractText(document, { mergePages: false });
      await document.cleanup();
      return { pages: text.length, text: text.join("\f") };
    },
  };
}
