import { expect, test } from "bun:test";
import { businessDocuments } from "../../dataset/business-documents/business-documents.ts";
import { judgeTexts } from "./judge-texts.ts";

test("of the made documents in wordings that no term was written on, nine in ten are right and one in a hundred wrong at most", async () => {
  const documents = businessDocuments("test");
  const { answers, cpuSeconds } = await judgeTexts(
    documents.map(({ pages, landscape }) => ({ pages, landscape })),
    null,
  );
  const wrong = documents.flatMap(({ category, language, layout }, index) => {
    const got = answers[index]?.category ?? category;
    return got === category ? [] : [`${language} ${category} ${layout}: ${got}`];
  });
  const right = documents.filter(({ category }, index) => answers[index]?.category === category).length;
  expect(wrong.length, wrong.join("\n")).toBeLessThanOrEqual(documents.length / 100);
  expect(right).toBeGreaterThanOrEqual(documents.length * 0.9);
  expect(cpuSeconds).toBeGreaterThan(0);
});
