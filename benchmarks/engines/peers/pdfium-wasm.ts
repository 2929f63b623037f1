import type { Engine } from "../engine.ts";
import { loadPeer, peerVersion } from "./load-peer.ts";

interface Pdfium {
  PDFiumLibrary: {
    init(): Promise<{
      loadDocument(bytes: Uint8Array): Promise<{ pages(): Iterable<{ getText(): string }>; destroy(): void }>;
    }>;
  };
}

export async function pdfiumWasm(): Promise<Engine> {
  const { PDFiumLibrary } = await loadPeer<Pdfium>("@hyzyla/pdfium");
  const library = await PDFiumLibrary.init();
  return {
    version: peerVersion("@hyzyla/pdfium"),
    async extract({ bytes }) {
      const document = await library.loadDocument(bytes);
      try {
        const pages: string[] = [];
        for (const page of document.pages()) pages.push(page.getText());
        return { pages: pages.length, text: pages.join("\f") };
      } finally {
        document.destroy();
      }
    },
  };
}
