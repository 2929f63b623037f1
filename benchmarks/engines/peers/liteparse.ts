import type { Engine } from "../engine.ts";
import { loadPeer, peerVersion } from "./load-peer.ts";

interface LiteParse {
  LiteParse: new (options: Record<string, unknown>) => {
    parse(input: Uint8Array): Promise<{ pages: { text: string }[] }>;
  };
}

export async function liteparse(): Promise<Engine> {
  const { LiteParse } = await loadPeer<LiteParse>("@llamaindex/liteparse");
  // Plain text, no character recognition, no images: what the other engines do.
  const parser = new LiteParse({
    ocrEnabled: false,
    outputFormat: "text",
    imageMode: "off",
    maxPages: 1e6,
    quiet: true,
  });
  return {
    version: peerVersion("@llamaindex/liteparse"),
    async extract({ bytes }) {
      const { pages } = await parser.parse(bytes);
      return { pages: pages.length, text: pages.map((page) => page.text).join("\f") };
    },
  };
}
