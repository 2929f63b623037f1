import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { businessTaxonomy } from "@sluice/taxonomy";
import { buildCharClasses } from "./build-char-classes.ts";
import { buildRuleTables } from "./build-rule-tables.ts";
import { BUILT_IN_RULES, loadBuiltInRules } from "./load-built-in-rules.ts";
import { decodeRuleTables, encodeRuleTables } from "./rule-tables.ts";
import { RULES_VERSION } from "./rules-version.ts";

const STALE = "stale: run bun apps/worker/src/classifiers/rules/generate.ts";

test("the committed tables are what their sources give", () => {
  const chars = readFileSync(join(import.meta.dir, "generated/char-classes.bin"));
  expect(Buffer.compare(chars, buildCharClasses()), STALE).toBe(0);
  const rules = readFileSync(BUILT_IN_RULES);
  expect(Buffer.compare(rules, encodeRuleTables(buildRuleTables(businessTaxonomy))), STALE).toBe(0);
});

test("tables come back from their bytes, wherever these lie", () => {
  const tables = buildRuleTables({
    name: "t",
    labels: "single",
    categories: [
      { id: "a", name: "Bill", description: "Asks for money", keywords: ["amount due"], structure: { amounts: 2 } },
    ],
  });
  const bytes = encodeRuleTables(tables);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeRuleTables(bytes, RULES_VERSION)).toEqual(tables);
  expect(decodeRuleTables(shifted.subarray(3), RULES_VERSION)).toEqual(tables);
});

test("tables of other rules or another format are refused", () => {
  const bytes = Uint8Array.from(readFileSync(BUILT_IN_RULES));
  expect(() => decodeRuleTables(bytes, "rules-0")).toThrow("generate them again");
  bytes[0] = 0;
  expect(() => decodeRuleTables(bytes, RULES_VERSION)).toThrow("generate them again");
});

test("the built-in rules are those of the built-in taxonomy", () => {
  expect(loadBuiltInRules().taxonomyHash).toBe(
    decodeRuleTables(encodeRuleTables(buildRuleTables(businessTaxonomy)), RULES_VERSION).meta.taxonomyHash,
  );
});
