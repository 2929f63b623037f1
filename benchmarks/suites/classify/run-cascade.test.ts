import { expect, test } from "bun:test";
import { seededRandom } from "@sluice/evaluation";
import { type CascadeDocument, runCascade, type Train } from "./run-cascade.ts";

/** Documents whose text is how hard they are, from 0 to 1, and their number. */
function makeDocuments(count: number, seed: number): CascadeDocument[] {
  const next = seededRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const label = `c${at % 4}`;
    return { id: `${seed}-${at}`, text: `${next()} ${label} ${next()}`, label, guess: at % 3 === 0 ? null : label };
  });
}

/** Stands for a model: it knows the label but of hard documents, where it errs in up to six of ten, and is as unsure as they are hard. */
const train: Train = async () => (text) => {
  const [hard = "0", label = "", luck = "0"] = text.split(" ");
  const errs = Number(luck) < 0.6 * Number(hard) ** 3;
  return { label: errs ? "another" : label, confidence: 1 - Number(hard) };
};

test("a cascade serves what its model is sure of, asks about the rest, and counts both", async () => {
  const outcome = await runCascade(makeDocuments(20_000, 1), train, { agreement: 0.97, categories: 4, seed: 1 });
  expect(outcome).toMatchObject({ documents: 20_000, sample: 1_390, because: null });
  expect(outcome.calls + outcome.served).toBe(20_000);
  expect(outcome.threshold).toBeGreaterThan(0.4);
  // At .585 of the documents the model agrees on 97 %.
  expect(outcome.served / 18_610).toBeGreaterThan(0.3);
  expect(outcome.served / 18_610).toBeLessThan(0.6);
  expect(outcome.ranked).toHaveLength(18_610);
});

test("of 100 cascades nearly all agree as asked, and one over few documents asks about all of them", async () => {
  let broken = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const { served, agreed } = await runCascade(makeDocuments(3_000, seed), train, {
      agreement: 0.9,
      categories: 4,
      seed,
    });
    if (served > 0 && agreed / served < 0.9) broken += 1;
  }
  expect(broken / 100).toBeLessThanOrEqual(0.05);
  const few = await runCascade(makeDocuments(300, 1), train, { agreement: 0.97, categories: 4, seed: 1 });
  expect(few).toMatchObject({ calls: 300, served: 0, threshold: null, because: "too_few_documents" });
});
