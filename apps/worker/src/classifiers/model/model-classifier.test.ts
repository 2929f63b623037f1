import { expect, test } from "bun:test";
import { classificationSchema } from "@sluice/contracts";
import { loadModel, trainModel } from "@sluice/native/classify";
import { ModelClassifier } from "./model-classifier.ts";

const SUBJECTS = { sport: "goal match league striker referee", money: "bank shares profit market dividend" };

async function classifier(): Promise<ModelClassifier> {
  const rows = Object.entries(SUBJECTS).flatMap(([label, words]) =>
    Array.from({ length: 20 }, (_, row) => {
      const own = words.split(" ");
      const text = Array.from({ length: 20 }, (_word, at) => `people said ${own[(row + at * at) % 5]} again`).join(" ");
      return { text, labels: [label] };
    }),
  );
  return new ModelClassifier(loadModel((await trainModel(rows)).bytes));
}

const inputOf = (...texts: string[]) => ({
  pages: texts.map((text) => ({ text, widthPt: 595, heightPt: 842, verdict: "text" as const })),
  pageCount: texts.length,
});

test("a document is labelled by the words of all its pages", async () => {
  const model = await classifier();
  const judged = model.classify(inputOf("people said", "the Striker and the goal of the match"));
  expect(judged).toMatchObject({ state: "classified", category: "sport", source: "model" });
  expect(judged.terms.map(({ term }) => term)).toContain("striker");
  expect(classificationSchema.parse(judged)).toEqual(judged);
});

test("what is not sure enough is withheld, and the label that was near is named", async () => {
  const model = await classifier();
  const judged = model.classify(inputOf("goal match bank shares striker"), { minConfidence: 0.999_999 });
  expect(judged).toMatchObject({ state: "abstained", category: null, runnerUp: { category: "sport" } });
  expect(judged.confidence).toBeGreaterThan(0.5);
});

test("no label comes out of thin air", async () => {
  const model = await classifier();
  expect(model.classify(inputOf("", " … \n"))).toMatchObject({ state: "no_text", category: null });
  expect(model.classify(inputOf("völlig fremde Wörter stehen hier"))).toMatchObject({
    state: "abstained",
    confidence: 0,
  });
});
