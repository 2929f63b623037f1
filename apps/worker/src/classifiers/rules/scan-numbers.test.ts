import { expect, test } from "bun:test";
import { Mark, Numbers } from "./numbers.ts";
import { scanNumbers } from "./scan-numbers.ts";

function scan(line: string): { value: number; currency: boolean; percent: boolean; end: number }[] {
  const units = Uint16Array.from({ length: line.length }, (_, index) => line.charCodeAt(index));
  const found = new Numbers(line.length);
  scanNumbers(units, 0, units.length, found);
  return Array.from({ length: found.count }, (_, index) => ({
    value: found.values[index] as number,
    currency: ((found.marks[index] as number) & Mark.Currency) !== 0,
    percent: found.isPercent(index),
    end: found.ends[index] as number,
  }));
}

test.each([
  ["1,957.05", [1957.05]],
  ["1.957,05 €", [1957.05]],
  ["2 500,00 zł", [2500]],
  ["1'200.50", [1200.5]],
  ["2 14.00 28.00", [2, 14, 28]],
  ["0.612 kg @ 2.60", [0.612, 2.6]],
  ["1.240 passengers", [1240]],
  ["-34.18", [-34.18]],
  ["１２，５００円", [12500]],
  ["٢٥٠٫٥٠", [250.5]],
  ["04.11.1968", []],
  ["BB118", []],
])("reads %s", (line, values) => {
  expect(scan(line).map((number) => number.value)).toEqual(values);
});

test.each([
  ["£12", true],
  ["12 EUR", true],
  ["USD 12", true],
  ["12 kr", true],
  ["¥1,200", true],
  ["12 円", true],
  ["12 рублей", true],
  ['12 ש"ח', true],
  ["12 krokodile", false],
  ["12 раз", false],
  ["YEAR 12", false],
  ["12 apples", false],
  ["12", false],
  ["EUR 12", true],
])("sees the currency of %s: %p", (line, currency) => {
  expect(scan(line)[0]?.currency).toBe(currency);
});

test("tells percentages", () => {
  expect(scan("20% and 19 % of 7").map((number) => number.percent)).toEqual([true, true, false]);
});
