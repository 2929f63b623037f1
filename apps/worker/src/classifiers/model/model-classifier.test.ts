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

test("where documents may have several labels, each that is sure enough is given, the surest first", async () => {
  const texts = Object.values(SUBJECTS).map((words) => words.split(" "));
  const rows = Array.from({ length: 90 }, (_, row) => {
    const about = [[0], [1], [0, 1]][row % 3] ?? [];
    const drawn = Array.from(
      { length: 24 },
      (_word, at) => texts[about[at % about.length] ?? 0]?.[(row + at * at) % 5],
    );
    return { text: drawn.join(" again "), labels: about.map((index) => ["sport", "money"][index] ?? "") };
  });
  const { bytes } = await trainModel(rows, { multiLabel: true });
  const model = new ModelClassifier(loadModel(bytes));
  const both = model.classify(inputOf("goal bank match shares striker profit referee market league dividend"));
  expect(both.labels?.map(({ category }) => category).sort()).toEqual(["money", "sport"]);
  expect(both).toMatchObject({
    state: "classified",
    category: both.labels?.[0]?.category,
    confidence: both.labels?.[0]?.confidence,
  });
  expect(classificationSchema.parse(both)).toEqual(both);
  const one = model.classify(inputOf("goal match striker referee league goal match striker"));
  expect(one.labels?.map(({ category }) => category)).toEqual(["sport"]);
});
