import type { ExtractedDocument, PageVerdict } from "@sluice/native";

/** What a reader of the text alone would not see, a line each. */
export function onceNotes(document: ExtractedDocument): string[] {
  const faults = document.pages.flatMap((page) => (page.error === undefined ? [] : [page.error]));
  return [
    ...document.warnings.map(({ code, message }) => `${code}  ${message}`),
    ...faults.map(({ code, message }) => `${code}  ${message}`),
    ...unread(document, "scanned", "an image of text"),
    ...unread(document, "garbled", "text whose characters cannot be told"),
  ];
}

function unread(document: ExtractedDocument, verdict: PageVerdict, what: string): string[] {
  const pages = document.pages.flatMap((page, index) => (page.verdict === verdict ? [document.firstPage + index] : []));
  if (pages.length === 0) return [];
  const [is, needs] = pages.length === 1 ? ["page", "needs"] : ["pages", "need"];
  return [`${is} ${pageList(pages)} ${needs} OCR: ${what}`];
}

/** Page numbers in rising order as people write them: `1-3, 7`. */
export function pageList(pages: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === page - 1) run[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
