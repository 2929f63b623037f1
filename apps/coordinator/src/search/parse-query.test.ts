import { expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { pageFragments } from "./page-fragments.ts";
import { parseQuery } from "./parse-query.ts";
import { tellLanguage } from "./tell-language.ts";

test.each([
  ["invoices total", "('invoic' & 'total')"],
  ['"total due" 2024', "(('total' <-> 'due') & '2024')"],
  ["invoice OR receipt -paid", "('invoic') | ('receipt' & !'paid')"],
  ["e-mail", "(('e' <-> 'mail'))"],
  ['-"not that" this', "(!('not' <-> 'that') & 'thi')"],
  ["東京都", "(('東京' <-> '京都'))"],
  ["東", "('東':*)"],
  ['"unclosed phrase', "(('unclos' <-> 'phrase'))"],
  ["or and", "('or' & 'and')"],
  ["invoi*", "(('invoi' | 'invoi':*))"],
  ["Rechnungs*", "(('rechnung' | 'rechnungs':*))"],
  ['"total du*" café*', "(('total' <-> 'du') & ('cafe' | 'cafe':*))"],
  ["a'b\\c:*&|!()", "(('a' <-> 'b' <-> 'c'))"],
])("%s is looked for as %s", (text, query) => {
  expect(parseQuery(text, ["en"]).text).toBe(query);
});

test("what a word begins is marked", () => {
  const [part] = pageFragments("Die Rechnungsnummer und der Cafébesuch", parseQuery("rechnungs* cafe*", ["de"]), "de");
  expect(part?.marks.map(({ start, end }) => part.text.slice(start, end))).toEqual(["Rechnungsnummer", "Cafébesuch"]);
});

test("a word is looked for by its stem in every language", () => {
  expect(parseQuery("Rechnungen", [null, "en", "de"]).text).toBe("(('rechnungen' | 'rechnung'))");
});

test.each([["x*"], [""], ["-not"], ["?!"], ["a OR -b"], ["w ".repeat(33)]])("%j is refused", (text) => {
  expect(() => parseQuery(text, ["en"])).toThrow(AppError);
});

const texts = {
  en: "The invoice is due within thirty days of the date on which it was sent to you.",
  de: "Die Rechnung ist innerhalb von dreißig Tagen nach dem Datum zu zahlen, an dem sie versandt wurde.",
  fr: "La facture est à payer dans les trente jours qui suivent la date de son envoi par la poste.",
  ru: "Счёт должен быть оплачен в течение тридцати дней после того, как он был отправлен вам.",
  ar: "يجب دفع الفاتورة خلال ثلاثين يوما من تاريخ إرسالها إلى العميل في هذا العنوان",
  es: "La factura se debe pagar en los treinta días que siguen a la fecha en que fue enviada por el banco.",
  ja: "請求書は発送日から三十日以内にお支払いください。",
  zh: "发票应在发出之日起三十天内支付。",
  ko: "청구서는 발송일로부터 삼십일 이내에 지불해야 합니다.",
} as const;

test.each(Object.entries(texts))("the language is told: %s", (language, text) => {
  expect(tellLanguage(text, null)).toBe(language);
});

test("what cannot be told is what the document says, or nothing", () => {
  expect(tellLanguage("SKU 4711 4712 4713", "de-AT")).toBe("de");
  expect(tellLanguage("SKU 4711 4712 4713", "x-klingon")).toBeNull();
  expect(tellLanguage("", null)).toBeNull();
});

test("fragments have the words marked where they are", () => {
  const text = `${"Nothing here. ".repeat(50)}The total\namounts due are listed. ${"More. ".repeat(100)}A total.`;
  const [first, second, ...rest] = pageFragments(text, parseQuery("amount total", ["en"]), "en");
  expect(rest).toEqual([]);
  expect(first?.marks.map(({ start, end }) => first.text.slice(start, end))).toEqual(["total", "amounts"]);
  expect(first?.text).toContain("The total amounts due");
  expect(first?.text.length).toBeLessThanOrEqual(241);
  expect(second?.marks.map(({ start, end }) => second.text.slice(start, end))).toEqual(["total"]);
  const [east] = pageFragments("彼は東京都に住む", parseQuery("東京都", [null]), "ja");
  expect(east?.marks).toEqual([{ start: 2, end: 5 }]);
  const [html] = pageFragments("a <b>bold</b> total", parseQuery("total", ["en"]), "en");
  expect(html?.text).toBe("a <b>bold</b> total");
  expect(pageFragments("nothing", parseQuery("total", ["en"]), "en")).toEqual([]);
  for (const word of ["𠮷".repeat(400), "x".repeat(5_000)]) {
    for (const { text: part } of pageFragments(`${word} total ${word}`, parseQuery("total", [null]), null)) {
      expect(part.isWellFormed()).toBe(true);
    }
  }
});
