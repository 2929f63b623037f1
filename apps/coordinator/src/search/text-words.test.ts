import { expect, test } from "bun:test";
import { pageVector } from "./page-vector.ts";
import { textWords } from "./text-words.ts";
import { wordStem } from "./word-stem.ts";

test.each([
  ["Total due: 1,234.50 EUR", ["total", "due", "1", "234", "50", "eur"]],
  ["„Übergröße“ — L’école", ["übergröße", "l", "école"]],
  ["Счёт № 7", ["счёт", "7"]],
  ["فاتورة، رقم", ["فاتورة", "رقم"]],
  ["हिन्दी", ["हिन्दी"]],
  ["東京都 x", ["東京", "京都", "都", "x"]],
  ["２０２４年", ["2024", "年"]],
  ["한국어", ["한국", "국어", "어"]],
  ["𠮷野家", ["𠮷野", "野家", "家"]],
  ["ﬁle ＡＢＣ", ["file", "abc"]],
  ["a_b-c", ["a", "b", "c"]],
  ["", []],
])("%s has the words %j", (text, words) => {
  const found = [...textWords(text)];
  expect(found.map((each) => each.word)).toEqual(words);
  expect(found.map((each) => each.position)).toEqual(words.map((_, index) => index + 1));
  for (const { word, start, end } of found) expect(text.slice(start, end).normalize("NFKC").toLowerCase()).toBe(word);
});

test.each([
  ["en", ["invoice", "invoices", "Invoiced"]],
  ["de", ["Rechnung", "Rechnungen"]],
  ["de", ["Haus", "Häuser"]],
  ["fr", ["facture", "factures"]],
  ["fr", ["ecole", "école", "écoles"]],
  ["ru", ["договор", "договоры", "договоров"]],
  ["es", ["factura", "facturas"]],
  ["ar", ["كِتَاب", "كتاب"]],
  [null, ["łódź", "lodz"]],
  [null, ["straße", "strasse"]],
])("in %s all of %j are one word", (language, words) => {
  const stems = words.map((word) => wordStem(word.toLowerCase(), language));
  expect(new Set(stems).size).toBe(1);
  expect(stems[0]).not.toBe("");
});

test("vowels that are marks stay", () => expect(wordStem("हिन्दी", null)).toBe("हिन्दी"));

test("a page is a vector that PostgreSQL takes, however it is made", () => {
  expect(pageVector("The invoices, the invoice", "en")).toBe("'the':1,3 'invoic':2,4");
  expect(pageVector("it's a 'quote' \\ and : more", null)).toBe("'it':1 's':2 'a':3 'quote':4 'and':5 'more':6");
  const many = pageVector(Array.from({ length: 100_000 }, (_, index) => `w${index}`).join(" "), null);
  expect(Buffer.byteLength(many)).toBeLessThan(1 << 20);
  expect(pageVector("x ".repeat(20_000), null).split(",")).toHaveLength(255);
});

test("a word at which a language's rules fail is found as it is written", () => {
  // Plurals in -ци: the library's rules write into the text itself.
  expect(wordStem("документаци", "bg")).toBe("документаци");
});
