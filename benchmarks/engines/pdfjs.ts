import { getDocument, version } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Engine } from "./engine.ts";

export function pdfjs(): Engine {
  return {
    name: "pdfjs",
    version,
    async extract(bytes) {
      // pdf.js takes the buffer over, so it gets a copy of its own.
      const task = getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false });
      try {
        const document = await task.promise;
        const pages: string[] = [];
        for (let number = 1; number <= document.numPages; number += 1) {
          const page = await document.getPage(number);
          const content = await page.getTextContent();
          pages.push(content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
          page.cleanup();
        }
        return { pages: pages.length, text: pages.join("\f") };
      } finally {
        await task.destroy();
      }
    },
  };
}
