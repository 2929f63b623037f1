import type { Engine } from "../engine.ts";
import { loadPeer, peerVersion } from "./load-peer.ts";

interface Pdfjs {
  getDocument(source: { data: Uint8Array; verbosity: number; useSystemFonts: boolean }): {
    promise: Promise<{ numPages: number; getPage(number: number): Promise<PdfjsPage> }>;
    destroy(): Promise<void>;
  };
}

interface PdfjsPage {
  getTextContent(): Promise<{ items: ({ str: string; hasEOL: boolean } | { type: string })[] }>;
  cleanup(): void;
}

export async function pdfjs(): Promise<Engine> {
  const { getDocument } = await loadPeer<Pdfjs>("pdfjs-dist", "pdfjs-dist/legacy/build/pdf.mjs");
  return {
    version: peerVersion("pdfjs-dist"),
    async extract({ bytes }) {
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
