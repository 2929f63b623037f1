import { PDFiumLibrary } from "@hyzyla/pdfium";
import { dependencies } from "../package.json" with { type: "json" };
import type { Engine } from "./engine.ts";

export async function pdfiumWasm(): Promise<Engine> {
  const library = await PDFiumLibrary.init();
  return {
    name: "pdfium-wasm",
    version: dependencies["@hyzyla/pdfium"],
    async extract(bytes) {
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
