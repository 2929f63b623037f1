import { expect, test } from "bun:test";
import { businessTaxonomy } from "@sluice/taxonomy";
import { buildInstructions } from "./build-instructions.ts";
import { weigh } from "./token-ruler.ts";

const options = { labels: "single", withReason: false, maxWeight: 1_638 } as const;

test("names, descriptions, in the order of the file, and the same for the same", () => {
  const { text, promptHash } = buildInstructions(businessTaxonomy, options);
  expect(weigh(text)).toBeLessThanOrEqual(options.maxWeight);
  businessTaxonomy.categories.forEach(({ id, name }, index) =>
    expect(text).toContain(`\n${index + 1}. ${id} (${name})`),
  );
  expect(buildInstructions(structuredClone(businessTaxonomy), options)).toEqual({ text, promptHash });
});

test("its hash changes with whatever changes the prompt", () => {
  const hashes = [
    buildInstructions(businessTaxonomy, options),
    buildInstructions(businessTaxonomy, { ...options, labels: "multi" }),
    buildInstructions(businessTaxonomy, { ...options, withReason: true }),
    buildInstructions({ ...businessTaxonomy, categories: businessTaxonomy.categories.slice(1) }, options),
  ].map(({ promptHash }) => promptHash);
  expect(new Set(hashes).size).toBe(hashes.length);
  // Keywords are the rules', and nobody's label changes by them here.
  const [first, ...others] = businessTaxonomy.categories;
  if (first === undefined) throw new Error("there is no category");
  const rich = { ...businessTaxonomy, categories: [{ ...first, keywords: ["more"] }, ...others] };
  expect(buildInstructions(rich, options).promptHash).toBe(hashes[0] ?? "");
});

test("less is told of each category where the context is small, and too many of them are refused", () => {
  const small = buildInstructions(businessTaxonomy, { ...options, maxWeight: 500 });
  expect(weigh(small.text)).toBeLessThanOrEqual(500);
  const { length } = businessTaxonomy.categories;
  expect(small.text).toContain(`\n${length}. `);
  expect(() => buildInstructions(businessTaxonomy, { ...options, maxWeight: 120 })).toThrow("SLUICE_LLM_NUM_CTX");
});

test("examples of a category are told where they fit", () => {
  const [first, ...others] = businessTaxonomy.categories;
  if (first === undefined) throw new Error("there is no category");
  const taxonomy = {
    ...businessTaxonomy,
    categories: [{ ...first, examples: ["INVOICE no. 17\nto be paid"] }, ...others],
  };
  expect(buildInstructions(taxonomy, { ...options, maxWeight: 4_000 }).text).toContain(
    "   Such as: INVOICE no. 17 to be paid\n",
  );
});
