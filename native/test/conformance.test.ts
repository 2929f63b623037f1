import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { extract } from "../src/index.ts";
import { allText } from "./read.ts";

/** Folder with `bench`, `business` and `odd`; the project does not ship it. */
const corpus = process.env["SLUICE_CORPUS"];
const reason =
  corpus === undefined ? "SLUICE_CORPUS is not set" : existsSync(corpus) ? undefined : `${corpus} is not there`;

/** Scores are checked a little below what is reached, so that a fault shows and a changed space does not. */
const FLOOR = { bench: { each: 0.95, mean: 0.99 }, business: { each: 0.97, mean: 0.99 } } as const;

/** Files of `odd` that may be unreadable. */
const MAX_UNREADABLE = 20;

describe.skipIf(reason !== undefined)(`conformance${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  test.each(["bench", "business"] as const)(
    "words of %s",
    async (set) => {
      const scores = new Map<string, number>();
      for (const name of pdfs(set)) {
        const result = extract(await Bun.file(`${corpus}/${set}/${name}`).bytes());
        const truth = await Bun.file(`${corpus}/${set}/${name.replace(/pdf$/, "txt")}`).text();
        scores.set(name, result.ok ? bagOfWordsF1(truth, allText(result.document)) : 0);
      }
      expect([...scores].filter(([, score]) => score < FLOOR[set].each)).toEqual([]);
      const mean = [...scores.values()].reduce((sum, score) => sum + score, 0) / scores.size;
      expect(mean).toBeGreaterThan(FLOOR[set].mean);
    },
    120_000,
  );

  test("odd files fail with a name or not at all", async () => {
    const failed: string[] = [];
    for (const name of pdfs("odd")) {
      const result = extract(await Bun.file(`${corpus}/odd/${name}`).bytes());
      const codes = result.ok ? result.document.pages.map((page) => page.error?.code) : [result.error.code];
      expect(codes).not.toContain("NATIVE_PANIC");
      if (!result.ok) {
        failed.push(`${name} ${result.error.code}`);
      }
    }
    expect(failed.length).toBeLessThanOrEqual(MAX_UNREADABLE);
  }, 120_000);
});

function pdfs(set: string): string[] {
  return readdirSync(`${corpus}/${set}`)
    .filter((name) => name.endsWith(".pdf"))
    .sort();
}

/** Words of a text; a character is a word in scripts without spaces. Words broken at line ends are joined. */
function words(text: string): Map<string, number> {
  const plain = text
    .replace(/(?<=\p{L})[-\u2010]\n(?=\p{Ll})/gu, "")
    .normalize("NFKC")
    .toLowerCase();
  const found =
    plain.match(
      /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+|[\p{L}\p{M}\p{N}]+/gu,
    ) ?? [];
  const counts = new Map<string, number>();
  for (const word of found) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function bagOfWordsF1(truth: string, text: string): number {
  const [expected, got] = [words(truth), words(text)];
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const shared = [...expected].reduce((sum, [word, n]) => sum + Math.min(n, got.get(word) ?? 0), 0);
  return (2 * shared) / Math.max(1, total(expected) + total(got));
}
