import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ExtractResult } from "../src/index.ts";

/** The project's own documents, made with several producers. */
export const SAMPLES = join(import.meta.dir, "../../packages/testkit/samples/documents");

/** What was read of them and looked at: TEXT of `a/b.pdf` in `a/b.txt`, the rest in `outcomes.tsv`. */
export const GOLDEN = join(import.meta.dir, "golden");

/** Paths of all samples below their folder. */
export function samplePaths(): string[] {
  const paths = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => statSync(join(SAMPLES, path)).isFile()).sort();
}

/** Where the text of a sample is kept. */
export function textPath(path: string): string {
  return join(GOLDEN, path.replace(/\.\w+$/, ".txt"));
}

/** The text as it is kept: a line with the page's number before each page. */
export function goldenText(result: ExtractResult): string {
  if (!result.ok) return "";
  const { text, pageOffsets, pages } = result.document;
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const shown = pages.map((_, i) => utf8.decode(text.subarray(pageOffsets[i], pageOffsets[i + 1])));
  return shown.map((page, i) => `--- page ${i + 1}\n${page}`).join("");
}

/** A row of `outcomes.tsv`: path, verdicts or the error, codes of warnings and of faults of pages. */
export function goldenOutcome(path: string, result: ExtractResult): string {
  if (!result.ok) return [path, result.error.code, ""].join("\t");
  const { pages, warnings } = result.document;
  const faults = [...warnings.map(({ code }) => code), ...pages.flatMap(({ error }) => (error ? [error.code] : []))];
  return [path, pages.map(({ verdict }) => verdict).join(" "), faults.join(" ")].join("\t");
}
