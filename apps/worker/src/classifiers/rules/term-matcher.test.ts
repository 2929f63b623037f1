import { describe, expect, test } from "bun:test";
import { TermMatcher } from "./term-matcher.ts";
import { tokenizeTerm } from "./tokenize-term.ts";

function find(terms: readonly string[], ...lines: string[]): string[] {
  const matcher = new TermMatcher(terms.map(tokenizeTerm));
  const found: string[] = [];
  for (const line of lines) matcher.read(line, (term) => found.push(terms[term] as string));
  return found;
}

describe("TermMatcher", () => {
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
    expect(find(terms, line)).toEqual(expected);
  });

  test("follows a phrase over a line break, and stops at a reset", () => {
    expect(find(["payable within"], "is payable", "within a week")).toEqual(["payable within"]);
    const matcher = new TermMatcher([tokenizeTerm("payable within")]);
    let found = 0;
    matcher.read("is payable", () => found++);
    matcher.reset();
    matcher.read("within a week", () => found++);
    expect(found).toBe(0);
  });

  test("counts words, signs without spaces by halves", () => {
    expect(new TermMatcher([]).read("two words 合計", () => {})).toBe(3);
  });

  test("finds each of many terms and nothing else", () => {
    const terms = Array.from({ length: 5_000 }, (_, index) => `w${index.toString(36)}x q${index % 7}`);
    expect(find(terms, `${terms[4_321]} and wzzzz q1 ${terms[7]}`)).toEqual([
      terms[4_321] as string,
      terms[7] as string,
    ]);
  });
});
