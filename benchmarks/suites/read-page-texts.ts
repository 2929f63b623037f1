import { readFileSync } from "node:fs";
import { extract } from "@sluice/native";
import type { DocumentTexts } from "../workers/synthetic-documents.ts";

/** What the engine reads in these files, by document and page. Those that it cannot read, or finds empty, are left out. */
export function readPageTexts(files: readonly string[]): DocumentTexts {
  const decoder = new TextDecoder();
  return files.flatMap((path) => {
    const result = extract(readFileSync(path));
    if (!result.ok) return [];
    const { text, pages, pageOffsets } = result.document;
    const texts = pages.map((_, index) => decoder.decode(text.subarray(pageOffsets[index], pageOffsets[index + 1])));
    return texts.length === 0 ? [] : [texts];
  });
}
