/**
 * `judge-texts.ts [TAXONOMY-FILE]`: labels texts as an extractor does after reading, without reading anything: what measurements ask. One JSON line a text on
 * stdin (`JudgedText`), then one classification a line on stdout and a last line `{documents, cpuSeconds}` of the judging alone, once warm. Nothing is held back: a
 * label below the mark is `category: null` with the label as runner-up, whatever its confidence.
 */
import { readFileSync } from "node:fs";
import { parseTaxonomy } from "@sluice/taxonomy";
import { type ClassifierInput, compileRules, loadBuiltInRules } from "./classifiers/rules/index.ts";

/** A text to judge: as extracted, a page after the other; `landscape` pages are slides. */
interface JudgedText {
  readonly pages: readonly string[];
  readonly landscape?: boolean;
  readonly title?: string;
}

// Passes beyond the first one are for the clock: the quickest counts, as others on the machine only make it slower.
const MOST_PASSES = 50;
const ENOUGH_SECONDS = 1;
// A4, and a slide of 16:9.
const PORTRAIT = { widthPt: 595, heightPt: 842 };
const LANDSCAPE = { widthPt: 960, heightPt: 540 };

const [taxonomyFile] = process.argv.slice(2);
const rules =
  taxonomyFile === undefined
    ? loadBuiltInRules()
    : compileRules(parseTaxonomy(readFileSync(taxonomyFile, "utf8"), taxonomyFile));
const lines = (await Bun.stdin.text()).split("\n").filter((line) => line !== "");
const inputs = lines.map((line): ClassifierInput => {
  const { pages, landscape, title } = JSON.parse(line) as JudgedText;
  const size = landscape === true ? LANDSCAPE : PORTRAIT;
  return { pages: pages.map((text) => ({ text, ...size, verdict: "text" })), title, pageCount: pages.length };
});
const answers = inputs.map((input) => rules.classify(input));
const passes: number[] = [];
for (let spent = 0; passes.length < MOST_PASSES && spent < ENOUGH_SECONDS;) {
  const before = process.cpuUsage();
  for (const input of inputs) rules.classify(input);
  const { user, system } = process.cpuUsage(before);
  passes.push((user + system) / 1e6);
  spent += passes.at(-1) ?? 0;
}
const output = answers.map((answer) => `${JSON.stringify(answer)}\n`).join("");
await Bun.write(
  Bun.stdout,
  `${output}${JSON.stringify({ documents: answers.length, cpuSeconds: Math.min(...passes) })}\n`,
);
