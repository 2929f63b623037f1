import { expect, test } from "bun:test";
import { type Taxonomy, taxonomySchema } from "@sluice/contracts";
import type { LabelRow } from "@sluice/evaluation";
import { checkCategories } from "./check-categories.ts";

const taxonomy = taxonomySchema.parse({
  name: "mail",
  categories: ["fault", "refund"].map((id) => ({ id, name: id, description: id })),
});
// What a server with taxonomies of several labels answers.
const several = { ...taxonomy, labels: "multi" } as unknown as Taxonomy;
const labels = (...all: string[][]): LabelRow[] =>
  all.map((categories, index) => ({ document: `${index}.pdf`, categories, line: index + 2 }));

test("what the taxonomy has is right, several of it only where it gives several", () => {
  checkCategories(labels(["fault"], ["refund"]), taxonomy, "l.csv");
  checkCategories(labels(["fault", "refund"]), several, "l.csv");
  expect(() => checkCategories(labels(["fault"], ["fault", "refund"]), taxonomy, "l.csv")).toThrow(
    "l.csv:3: 1.pdf is fault and refund, but the batch's taxonomy gives one category.",
  );
});

test("every category that it has not is told with its first line, and what was meant, or what there is", () => {
  const wrong = labels(["fault"], ["refnd"], ["fualt"], ["refnd"]);
  expect(() => checkCategories(wrong, taxonomy, "l.csv")).toThrow(
    "l.csv:3: refnd is no category of the batch's taxonomy, nor are fualt in line 4; did you mean refund?",
  );
  const many = labels(...Array.from({ length: 9 }, (_, at) => [`x${at}`]));
  expect(() => checkCategories(many, taxonomy, "l.csv")).toThrow("x5 in line 7, 3 more; it has fault, refund.");
});
