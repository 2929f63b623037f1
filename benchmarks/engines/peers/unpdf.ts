import type { Engine } from "../engine.ts";
import { loadPeer, peerVersion } from "./load-peer.ts";

interface Unpdf {
  getDocumentProxy(data: Uint8Array, options: { verbosity: number }): Promise<{ cleanup(): Promise<void> }>;
  extractText(document: object, options: { mergePages: false }): Promise<{ text: string[] }>;
}

export async function unpdf(): Promise<Engine> {
  const { getDocumentProxy, extractText } = await loadPeer<Unpdf>("unpdf");
  return {
    version: peerVersion("unpdf"),
    async extract({ bytes }) {
      const document = await getDocumentProxy(bytes.slice(), { verbosity: 0 });
      const { text } = await extractText(document, { mergePages: false });
      await document.cleanup();
      return { pages: text.length, text: text.join("\f") };
    },
  };
}
