import type { Engine } from "../engine.ts";
import { loadPeer, peerVersion } from "./load-peer.ts";

interface PdfParse {
  PDFParse: new (source: { data: Uint8Array; verbosity: number }) => {
    getText(): Promise<{ pages: { text: string }[] }>;
    destroy(): Promise<void>;
  };
}

export async function pdfParse(): Promise<Engine> {
  const { PDFParse } = await loadPeer<PdfParse>("pdf-parse");
  return {
    version: peerVersion("pdf-parse"),
    async extract({ bytes }) {
      const parser = new PDFParse({ data: bytes.slice(), verbosity: 0 });
      try {
        const { pages } = await parser.getText();
        // By page, because its whole text has a line of its own between pages.
        return { pages: pages.length, text: pages.map((page) => page.text).join("\f") };
      } finally {
        await parser.destroy();
      }
    },
  };
}
