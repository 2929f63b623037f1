import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadBuiltInRules } from "./load-built-in-rules.ts";

// oxlint-disable-next-line node/no-process-env -- a test that is switched on from outside
const corpus = process.env["SLUICE_CORPUS"];

test.skipIf(corpus === undefined)(
  "business corpus: at least 30 of 36 right and at most 3 wrong (skipped unless SLUICE_CORPUS names the corpus)",
  () => {
    const folder = join(corpus ?? "", "business");
    const rules = loadBuiltInRules();
    const rows = readFileSync(join(folder, "labels.tsv"), "utf8").trim().split("\n").slice(1);
    const wrong: string[] = [];
    let right = 0;
    for (const row of rows) {
      const [name = "", category = ""] = row.split("\t");
      const text = readFileSync(join(folder, `${name}.txt`), "utf8");
      const answer = rules.classify({ pages: [{ text, widthPt: 595, heightPt: 842, verdict: "text" }], pageCount: 1 });
      if (answer.category === category) right++;
      else if (answer.category !== null) wrong.push(`${name}: ${answer.category} instead of ${category}`);
    }
    expect(wrong.length, wrong.join("\n")).toBeLessThanOrEqual(3);
    expect(right).toBeGreaterThanOrEqual(30);
  },
);
