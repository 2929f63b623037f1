import type { Classification, ShardItem } from "@sluice/contracts";

/** Texts by document and page. */
export type DocumentTexts = readonly (readonly string[])[];

const LABEL: Classification = {
  state: "classified",
  category: "report",
  confidence: 0.8,
  terms: [
    { term: "report", weight: 2.5, where: "heading" },
    { term: "results", weight: 1.2, where: "body" },
  ],
};

/**
 * Item lines of documents, with the text behind them, that are prepared once: what differs from line to line is put before it. The hash is a function
 * of the URI, so that every source has bytes of its own and a shard that is read again brings the same.
 */
export class SyntheticDocuments {
  readonly #tails: readonly { plain: Buffer; labelled: Buffer }[];

  constructor(texts: DocumentTexts) {
    if (texts.length === 0) throw new Error("there are no documents");
    this.#tails = texts.map((pages) => ({ plain: tailOf(pages, null), labelled: tailOf(pages, LABEL) }));
  }

  /** The line of an item and its text, in two pieces. */
  line(item: ShardItem, labelled: boolean): [Uint8Array, Uint8Array] {
    const tail = this.#tails[item.ordinal % this.#tails.length];
    if (tail === undefined) throw new Error(`no document for ordinal ${item.ordinal}`);
    const hash = new Bun.CryptoHasher("sha256").update(item.uri).digest("hex");
    const { ordinal, sizeBytes } = item;
    const head = `{"line":"item","ordinal":${ordinal},"outcome":"extracted","sizeBytes":${sizeBytes},"sourceVersion":"${sourceVersionOf(sizeBytes)}","contentHash":"${hash}",`;
    return [Buffer.from(head), labelled ? tail.labelled : tail.plain];
  }
}

/** The version that a synthetic source has: list it with this one, and nothing is taken for changed. */
export function sourceVersionOf(sizeBytes: number): string {
  return `${sizeBytes}:0`;
}

/** The pages of all documents in turn, as documents of `pages` pages each; what is left at the end is left out. */
export function regroup(texts: DocumentTexts, pages: number): DocumentTexts {
  const all = texts.flat();
  const documents = Math.floor(all.length / pages);
  if (documents === 0) throw new Error(`${all.length} pages are too few for a document of ${pages}`);
  return Array.from({ length: documents }, (_, index) => all.slice(index * pages, (index + 1) * pages));
}

/** One document of pages of words, in ASCII. */
export function inventTexts(pages: number, pageBytes: number): DocumentTexts {
  const words = "of the a report on results that were found in each part and not in any other ".repeat(
    Math.ceil(pageBytes / 70),
  );
  return [Array.from({ length: pages }, (_, page) => `${page + 1} ${words}`.slice(0, pageBytes))];
}

/** The line from its format on, and the text behind it. */
function tailOf(pages: readonly string[], classification: Classification | null): Buffer {
  const text = Buffer.from(pages.join(""));
  const facts = {
    format: "pdf",
    pageCount: pages.length,
    needsOcr: false,
    partial: false,
    metadata: { title: "A synthetic document", producer: "benchmark", pdfVersion: "1.7" },
    warnings: [],
    classification,
    pages: pages.map((page) => ({ verdict: "text", chars: page.length, textBytes: Buffer.byteLength(page) })),
    textBytes: text.byteLength,
    cpuMs: 1,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(facts).slice(1)}\n`), text]);
}
