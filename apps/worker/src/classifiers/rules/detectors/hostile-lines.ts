/**
 * Run by `hostile-lines.test.ts` as a process of its own, which can be killed: judges long lines that expressions with
 * nested or unanchored repetition take quadratic or exponential time over. Prints how many it judged.
 */
import { structureNames } from "@sluice/contracts/structure-names";
import { compileRules } from "../compile-rules.ts";

const LINE_CHARS = 100_000;
const atoms = [
  ...Array.from("x.-_1 ,;:/*•·#(['\"“”=%?@A中あ가אا\t\u00a0"),
  "a(",
  "a@",
  "_ ",
  ". ",
  "[ ",
  "1.",
  "1,",
  "1-",
  "1/",
  "A.",
  "Aa ",
  "Aa Bb ",
  "IV ",
  "12 A",
  "XX12",
  "(the ",
  "Art ",
  "Case ",
  "Дело ",
  "VAT ",
  "2019 ",
  "2019-",
  "et al",
  "ending ",
];
const openings = ["", "1. ", "Dear ", "(", "“"];

const rules = compileRules({
  name: "every structure",
  labels: "single",
  categories: [
    {
      id: "any",
      name: "Any",
      description: "Anything at all",
      keywords: [],
      structure: Object.fromEntries(structureNames.map((name) => [name, 1])),
    },
  ],
});

let judged = 0;
for (const first of atoms) {
  for (const second of atoms) {
    const pair = first === second ? first : first + second;
    const opening = openings[judged % openings.length] ?? "";
    const text = `${opening}${pair.repeat(LINE_CHARS / pair.length)}!\nand a word`;
    rules.classify({ pages: [{ text, widthPt: 595, heightPt: 842, verdict: "text" }], pageCount: 1 });
    judged++;
  }
}
process.stdout.write(String(judged));
