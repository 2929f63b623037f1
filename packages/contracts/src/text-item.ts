import type { ExtractedItem, FailedItem, KnownItem, PageResult } from "./shard.ts";

/** A page with its text, for programs that have both at hand. */
export type TextPage = Omit<PageResult, "textBytes"> & { readonly text: string | null };

/** An extracted item with the texts of its pages in place. */
export type TextItem = Omit<ExtractedItem, "pages" | "textBytes"> & { readonly pages: readonly TextPage[] };

/** An item as the bytes of the wire: its line, and the text that follows it. */
export function encodeItem(item: TextItem | KnownItem | FailedItem): Uint8Array {
  if (item.outcome !== "extracted") return Buffer.from(`${JSON.stringify(item)}\n`);
  const { line, text } = partText(item);
  return Buffer.concat([Buffer.from(`${JSON.stringify(line)}\n`), text]);
}

/** The line of the wire, and what follows it. */
export function partText(item: TextItem): { line: ExtractedItem; text: Uint8Array } {
  const texts = item.pages.map((page) => (page.text === null ? null : Buffer.from(page.text)));
  const pages = item.pages.map(({ verdict, chars, error }, index) => ({
    verdict,
    chars,
    textBytes: texts[index]?.byteLength ?? null,
    ...(error === undefined ? {} : { error }),
  }));
  const text = Buffer.concat(texts.filter((part) => part !== null));
  return { line: { ...item, pages, textBytes: text.byteLength }, text };
}
