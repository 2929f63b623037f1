import { describe, expect, test } from "bun:test";
import { parseTaxonomy, readTaxonomy } from "./parse-taxonomy.ts";
import { TaxonomyError } from "./taxonomy-error.ts";

const good = `name: support
categories:
  - id: billing
    name: Billing
    description: Questions about invoices and payments.
    keywords: [refund, { term: direct debit, weight: 2 }]
  - id: outage
    name: Outage
    description: Something does not work.
    structure: { questions: 1.5 }
`;

function faultOf(text: string, fileName = "t.yaml"): TaxonomyError {
  try {
    parseTaxonomy(text, fileName);
  } catch (error) {
    if (error instanceof TaxonomyError) return error;
    throw error;
  }
  throw new Error("the taxonomy was accepted");
}

describe("parseTaxonomy", () => {
  test("reads YAML and fills what is left out", () => {
    const taxonomy = parseTaxonomy(good, "t.yaml");
    expect(taxonomy.labels).toBe("single");
    expect(taxonomy.categories.map((category) => category.id)).toEqual(["billing", "outage"]);
    expect(taxonomy.categories[0]?.keywords).toEqual(["refund", { term: "direct debit", weight: 2 }]);
    expect(taxonomy.categories[1]?.keywords).toEqual([]);
  });

  test("reads the same from JSON, tabs and byte order mark included", () => {
    const json = JSON.stringify(
      { name: "support", categories: [{ id: "a", name: "A", description: "About a." }] },
      null,
      "\t",
    );
    expect(parseTaxonomy(`\uFEFF${json}`, "t.json").categories[0]?.id).toBe("a");
  });

  test.each([
    ["broken JSON", '{\n  "name": "x",\n  "categories": [\n    { "id": "a" "name": "A" }\n  ]\n}', 4],
    ["broken YAML", "name: x\ncategories:\n  - id: a\n    name: [A\n    description: d\n", 5],
    ["a duplicate key", "name: x\nname: y\ncategories: []\n", 2],
    ["an empty description", good.replace("Something does not work.", '""'), 9],
    ["a missing description", good.replace("    description: Something does not work.\n", ""), 7],
    ["a duplicate id", good.replace("id: outage", "id: billing"), 7],
    ["a bad id", good.replace("id: outage", "id: Out age"), 7],
    ["a wrong type", good.replace("[refund, { term: direct debit, weight: 2 }]", "refund"), 6],
    ["a number for a text", good.replace("name: Outage", "name: 42"), 8],
    ["an unknown key", good.replace("keywords:", "keyword:"), 6],
    ["an unknown structure", good.replace("questions:", "riddles:"), 10],
    ["a weight out of range", good.replace("weight: 2", "weight: 99"), 6],
    ["no categories", "name: x\ncategories: []\n", 2],
    ["a list at the top", "- a\n- b\n", 1],
    ["an empty file", "", 1],
  ])("names the line of %s", (_what, text, line) => {
    const fault = faultOf(text);
    expect(fault.code).toBe("TAXONOMY_INVALID");
    expect(fault.line).toBe(line);
    expect(fault.column).toBeGreaterThan(0);
    expect(fault.message).toStartWith(`t.yaml:${line}:`);
  });

  test("says what to do", () => {
    expect(faultOf(good.replace("questions:", "riddles:")).message).toContain("use one of amounts, line_totals");
    expect(faultOf(good.replace("name: Outage", "name: 42")).message).toContain("put quotes round 42");
    expect(faultOf(good.replace("keywords:", "keyword:")).message).toEndWith(
      'categories[0] has no "keyword": did you mean "keywords"?',
    );
    expect(faultOf(good.replace("questions:", "quesitons:")).message).toEndWith('did you mean "questions"?');
    expect(faultOf(good.replace("keywords:", "colour:")).message).toContain("remove it, or use one of id, name");
    expect(faultOf(good.replace("Something does not work.", '""')).message).toContain(
      "categories[1].description is empty",
    );
  });

  test("tells every fault, in the order of the lines", () => {
    const text = good
      .replace("keywords:", "keyword:")
      .replace("name: Outage", "name: 42")
      .replace("questions:", "riddles:");
    expect(readTaxonomy(text, "t.yaml").faults.map(({ line }) => line)).toEqual([6, 8, 10]);
    expect(faultOf(text).message).toEndWith("(and 2 more)");
    const twoInOne = good.replace("keywords: [", "names: x\n    hints: [");
    expect(readTaxonomy(twoInOne, "t.yaml").faults.map(({ line }) => line)).toEqual([6, 7]);
    expect(readTaxonomy(good, "t.yaml")).toMatchObject({ taxonomy: { name: "support" }, faults: [] });
  });

  test("refuses more categories than the limit, and aliases that explode", () => {
    const categories = Array.from({ length: 501 }, (_, index) => ({ id: `c${index}`, name: "n", description: "d" }));
    expect(faultOf(JSON.stringify({ name: "x", categories })).message).toContain("longer than 500");
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (const [left, right] of ["ba", "cb", "dc", "ed", "fe", "gf"])
      bomb.push(`${left}: &${left} [${Array.from({ length: 10 }, () => `*${right}`).join(",")}]`);
    expect(faultOf(bomb.join("\n")).code).toBe("TAXONOMY_INVALID");
  });
});
