import { describe, expect, test } from "bun:test";
import type { Taxonomy } from "@sluice/contracts";
import { buildRuleTables } from "./build-rule-tables.ts";
import { Clue } from "./clue.ts";
import { Field, FIELDS } from "./field.ts";
import { LineReader } from "./line-reader.ts";
import { TermCounts } from "./term-counts.ts";
import { Trait } from "./trait.ts";

function taxonomyOf(terms: readonly string[]): Taxonomy {
  const filler = { description: "-", keywords: [] };
  return {
    name: "t",
    labels: "single",
    categories: [
      { ...filler, id: "zz1", name: "-", keywords: terms.map((term) => ({ term, weight: 1 })) },
      { ...filler, id: "zz2", name: "-" },
    ],
  };
}

/** Reads lines and gives each term found as often as it was. */
class Reader {
  readonly #tables;
  readonly #counts;
  readonly line: LineReader;

  constructor(terms: readonly string[]) {
    this.#tables = buildRuleTables(taxonomyOf(terms));
    this.#counts = new TermCounts(this.#tables);
    this.line = new LineReader(this.#tables);
  }

  read(line: string, field: (typeof Field)[keyof typeof Field] = Field.Body): this {
    const units = Uint16Array.from({ length: line.length }, (_, index) => line.charCodeAt(index));
    this.line.read(units, 0, line.length);
    this.#counts.add(this.line.found, this.line.foundCount, field, this.line.words);
    return this;
  }

  clear(): this {
    this.#counts.clear();
    return this;
  }

  found(field: number | null = null): string[] {
    const { postingFrom, postingText, texts } = this.#tables;
    const { counts, touched, touchedCount } = this.#counts;
    const names: string[] = [];
    for (let index = 0; index < touchedCount; index++) {
      const node = touched[index] as number;
      const posting = postingFrom[node] as number;
      const name = Buffer.from(texts.subarray(postingText[posting], postingText[posting + 1])).toString();
      for (let at = 0; at < FIELDS; at++)
        if (field === null || field === at)
          for (let times = counts[node * FIELDS + at] as number; times > 0; times--) names.push(name);
    }
    return names.sort();
  }
}

const find = (terms: readonly string[], ...lines: string[]): string[] => {
  const reader = new Reader(terms);
  for (const line of lines) reader.read(line);
  return reader.found();
};

describe("LineReader", () => {
  test.each([
    [
      "case and diacritics",
      ["sehr geehrte", "faktúra", "strasse"],
      "SEHR GEEHRTE Faktura Straße",
      ["sehr geehrte", "faktúra", "strasse"],
    ],
    ["decomposed accents", ["présents"], "pre\u0301sents", ["présents"]],
    ["whole words only", ["bill"], "billing the bill", ["bill"]],
    ["open endings", ["umow*"], "umowy umowa umów um", ["umow*", "umow*", "umow*"]],
    ["phrases and their parts", ["unit price", "price"], "unit price, Price", ["price", "unit price", "price"]],
    [
      "open endings inside a phrase",
      ["entre les soussign* parties"],
      "Entre les soussignés parties",
      ["entre les soussign* parties"],
    ],
    ["a broken phrase not at all", ["unit price"], "unit of price", []],
    ["any number", ["within # days"], "within 30 days, within thirty days", ["within # days"]],
    ["one number only when it is written", ["article 293"], "Article 293, Article 7", ["article 293"]],
    [
      "apostrophes and hyphens as breaks",
      ["d'une part", "follow up"],
      "D’une part: follow-up",
      ["d'une part", "follow up"],
    ],
    ["final sigma", ["λογαριασμός"], "ΛΟΓΑΡΙΑΣΜΟΣ λογαριασμος", ["λογαριασμός", "λογαριασμός"]],
    ["dotless and dotted i", ["işbu"], "İŞBU işbu", ["işbu", "işbu"]],
    ["Cyrillic", ["счёт"], "СЧЕТ", ["счёт"]],
    ["signs without spaces", ["請求書", "合計"], "株式会社様の請求書を送付。合計", ["請求書", "合計"]],
    ["Hangul with endings", ["계약서"], "이 계약서를", ["계약서"]],
    [
      "the Arabic article, also after a preposition",
      ["فاتورة", "المريض"],
      "الفاتورة للفاتورة والفاتورة مريض",
      ["فاتورة", "فاتورة", "فاتورة", "المريض"],
    ],
    ["Arabic vowel points and tatweel", ["عقد"], "عَقْـد", ["عقد"]],
    ["Arabic presentation forms", ["سلام"], "\ufeb3\uFEFC\ufee1", ["سلام"]],
    ["Hebrew prefixes and abbreviations", ["חשבונית", 'מע"מ'], "והחשבונית כולל מע״מ", ["חשבונית", 'מע"מ']],
    ["full width", ["pos"], "ＰＯＳ", ["pos"]],
    ["ligatures", ["office"], "o\uFB03ce", ["office"]],
  ])("finds %s", (_what, terms, line, expected) => {
    expect(find(terms, line)).toEqual(expected.toSorted());
  });

  test("follows a phrase over a line break, and stops at a reset", () => {
    expect(find(["payable within"], "is payable", "within a week")).toEqual(["payable within"]);
    const afterReset = new Reader(["payable within"]).read("is payable");
    afterReset.line.reset();
    afterReset.read("within a week");
    expect(afterReset.found()).toEqual([]);
  });

  test("counts a heading that is little more than the term as a document's name for itself", () => {
    const reader = new Reader(["annual report"]).read("The annual report", Field.Heading);
    expect(reader.found(Field.Head)).toEqual(["annual report"]);
    expect(new Reader(["annual report"]).read("On the annual report", Field.Heading).found(Field.Head)).toEqual([]);
  });

  test("forgets all counts when cleared", () => {
    const reader = new Reader(["bill"]).read("a bill").clear();
    expect(reader.found()).toEqual([]);
    expect(reader.read("the bill").found()).toEqual(["bill"]);
  });

  test("counts words and digits, signs without spaces by halves", () => {
    const { line } = new Reader([]).read("two words, 合計 (1,250)");
    expect([line.words, line.digits]).toEqual([5, 4]);
  });

  test("tells the clues of a line, and those of its first word", () => {
    const { line } = new Reader([]).read("Dear Sir, your claim");
    expect(line.traits & Clue.Docket).not.toBe(0);
    expect(line.firstClues & Clue.Salutation).not.toBe(0);
    expect(line.firstClues & Clue.Docket).toBe(0);
  });

  test.each([
    ["20 kg", Clue.Technical],
    ["20kg", Clue.Technical],
    ["at 18h30", Clue.Clock],
    ["5毫克", Clue.Dose],
    ["since FY2021", Trait.Year],
    ["DE89", Trait.Code],
    ["at 18:30", Trait.ClockColon],
    ["44/25", Trait.DigitSlash],
    ["Date ____", Trait.Blank],
    ["[ ] yes", Trait.Box],
    ["( ) yes", Trait.Box],
    ["as in [3]", Trait.Citation],
    ["Fenwick (the Client)", Trait.NameInParens],
    ["12(3)", Trait.DigitInParens],
    ["** 4417", Trait.Masked],
    ["(1) Scope", Trait.NumberFirst],
    ["１．目的", Trait.NumberFirst],
    ["A. Osei, B. Vance", Trait.Capitals],
    ["合計", Trait.Caseless],
  ])("sees what %s shows", (text, trait) => {
    expect(new Reader([]).read(text).line.traits & trait).not.toBe(0);
  });

  test("takes no unit for one that does not follow a number", () => {
    expect(new Reader([]).read("a kg, or 20 or so kg").line.traits & Clue.Technical).toBe(0);
  });

  test("finds each of many terms and nothing else", () => {
    const terms = Array.from({ length: 3_900 }, (_, index) => `w${index.toString(36)}x q${index % 7}`);
    expect(find(terms, `${terms[3_821]} and wzzzz q1 ${terms[7]}`)).toEqual(
      [terms[3_821] as string, terms[7] as string].toSorted(),
    );
  });
});
