import { answerAll, documentLine, failedLine, type FakeWorkerOptions, sha256 } from "./fake-worker.ts";
import { makeItems, type TestCoordinator } from "./test-coordinator.ts";

/** Texts that formats trip over. */
export const AWKWARD = [
  "plain text of a page",
  "",
  '=HYPERLINK("http://x","y")',
  "@SUM(A1)",
  "-1 is a number, and a formula too",
  'quotes "and", commas\r\nand\nlines\tof every kind\r',
  "Übergröße — «façade» łódź Ελλάδα Київ עברית العربية हिन्दी ไทย",
  "漢字仮名交じり文 한국어 𠮷野家 👩‍👩‍👧‍👦",
  "\u0001\u001b[31m control \u007f\u0085\u2028\u2029",
  "\ufeffbegins with a mark, ends with a replacement \ufffd",
  `long ${"word ".repeat(3_000)}`,
];

/** Item 3 fails, 4 has the bytes of 2, 5 has very many pages, one in three of them without text. */
export const MANY_PAGES = 2_345;

export const awkwardAnswer: NonNullable<FakeWorkerOptions["answer"]> = answerAll((item, request) => {
  if (item.ordinal === 3) return failedLine(item, "INVALID_PDF");
  const content = item.ordinal === 4 ? 2 : item.ordinal;
  const texts = content === 5 ? Array.from({ length: MANY_PAGES }, (_, page) => `page ${page} of many`) : AWKWARD;
  const kept = (text: string) => (request.store === "meta" ? null : text);
  const pages = texts.map((text, page) =>
    content === 5 && page % 3 === 0
      ? { verdict: "scanned", chars: 0, text: kept("") }
      : { verdict: "text", chars: text.length, text: kept(text) },
  );
  const contentHash = sha256(`${item.uri.split("/")[3]} ${content}`);
  if (item.knownHashes.includes(contentHash)) return documentLine(item, request);
  return documentLine(item, request, {
    contentHash,
    pageCount: pages.length,
    pages,
    metadata: { title: content === 1 ? "=1+1" : `Title "${content}"` },
    needsOcr: content === 5,
  });
});

/** Hands in items with such documents and waits for their end. */
export async function submitAwkward(coordinator: TestCoordinator, options: object = {}): Promise<string> {
  const items = makeItems(8).map((item) => ({ ...item, uri: `${item.uri}%20%22%C3%A9%22.pdf` }));
  const batchId = await coordinator.submit(items, options);
  await coordinator.ended(batchId);
  return batchId;
}
