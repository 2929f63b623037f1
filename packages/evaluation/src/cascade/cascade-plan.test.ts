import { describe, expect, test } from "bun:test";
import { seededRandom } from "../simulation/seeded-random.ts";
import { type AskedLabels, cascadePlan, type CascadeStanding, type CascadeStep } from "./cascade-plan.ts";
import { sampleSizes } from "./sample-sizes.ts";

const request = { agreement: 0.97, categories: 5 };
const none: AskedLabels = { asked: 0, labelled: 0, failed: 0 };
const all = (count: number): AskedLabels => ({ asked: count, labelled: count, failed: 0 });

const standing = (changes: Partial<CascadeStanding> = {}): CascadeStanding => ({
  documents: 20_000,
  growing: false,
  heldOut: none,
  training: none,
  trainingCategories: 5,
  rounds: 0,
  threshold: null,
  waiting: 20_000,
  ...changes,
});

describe("the course of a cascade", () => {
  test.each<[string, Partial<CascadeStanding>, CascadeStep]>([
    ["documents are awaited", { growing: true }, { stage: "sampling", next: "wait_for_documents" }],
    ["a sample is drawn", {}, { stage: "sampling", next: "ask", heldOut: 990, training: 250 }],
    [
      "what a crash left out is drawn",
      { heldOut: all(990), training: { asked: 100, labelled: 3, failed: 0 } },
      { stage: "sampling", next: "ask", heldOut: 0, training: 150 },
    ],
    [
      "answers are awaited",
      { heldOut: all(990), training: { asked: 250, labelled: 200, failed: 49 } },
      { stage: "sampling", next: "wait_for_teacher" },
    ],
    ["a first model", { heldOut: all(990), training: all(250) }, { stage: "training", next: "train", round: 1 }],
    [
      "what it is unsure of",
      { heldOut: all(990), training: all(250), rounds: 1 },
      { stage: "sampling", next: "ask", heldOut: 0, training: 250 },
    ],
    [
      "a second model",
      { heldOut: all(990), training: all(500), rounds: 1 },
      { stage: "training", next: "train", round: 2 },
    ],
    [
      "its threshold",
      { heldOut: all(990), training: all(500), rounds: 2 },
      { stage: "training", next: "choose_threshold" },
    ],
    ["it serves", { rounds: 2, threshold: { from: 0.8, accepted: 600, agreed: 599 } }, { stage: "serving", from: 0.8 }],
    [
      "and serves those that come later",
      { rounds: 2, threshold: { from: 0, accepted: 990, agreed: 985 }, growing: true, waiting: 0 },
      { stage: "serving", from: 0 },
    ],
    ["all is done", { rounds: 2, threshold: { from: 0.8, accepted: 600, agreed: 599 }, waiting: 0 }, { stage: "done" }],
    ["there was nothing to do", { documents: 0, waiting: 0 }, { stage: "done" }],
  ])("%s", (_, changes, step) => {
    expect(cascadePlan(standing(changes), request)).toEqual(step);
  });
});

describe("the teacher labels everything, and it says why", () => {
  test.each<[Partial<CascadeStanding>, object]>([
    [{ documents: 900, waiting: 900 }, { reason: "too_few_documents" }],
    [
      { heldOut: { asked: 990, labelled: 98, failed: 892 }, training: all(250) },
      { reason: "too_few_labels", needed: 99 },
    ],
    [{ heldOut: all(990), training: all(250), trainingCategories: 1 }, { reason: "one_category" }],
    [
      { rounds: 2, threshold: { from: null, needed: 99 } },
      { reason: "agreement_not_proved", needed: 99 },
    ],
  ])("%j", (changes, because) => {
    expect(cascadePlan(standing(changes), request)).toEqual({ stage: "serving", from: null, because } as CascadeStep);
  });
});

test("samples are a fifth of the documents at most, hold out what can prove something, or there is none", () => {
  for (const agreement of [0.8, 0.9, 0.97, 0.99]) {
    for (const categories of [2, 20, 300]) {
      for (const documents of [0, 10, 1_000, 2_225, 20_000, 500_000]) {
        const sizes = sampleSizes(documents, { agreement, categories });
        if (sizes === null) continue;
        expect(sizes.heldOut + sizes.training).toBeLessThanOrEqual(documents / 5);
        expect(agreement ** sizes.heldOut).toBeLessThan(0.05);
        expect(sizes.training).toBeGreaterThanOrEqual(5 * categories);
      }
    }
  }
  expect(sampleSizes(2_225, request)).toEqual({ heldOut: 223, training: 222 });
  expect(sampleSizes(500_000, { agreement: 0.97, categories: 18 })).toEqual({ heldOut: 990, training: 1_800 });
});

/** A run in which teacher and trainer do what the plan says, in steps of any size, and answers fail at random. */
function run(seed: number): { steps: string[]; end: CascadeStanding } {
  const next = seededRandom(seed);
  const documents = Math.floor(next() * 30_000);
  const fails = next() * 0.2;
  let now = standing({ documents, waiting: documents, growing: true });
  const answer = (labels: AskedLabels): AskedLabels => {
    const open = Math.ceil((labels.asked - labels.labelled - labels.failed) * next());
    const failed = Math.floor(open * fails);
    return { ...labels, labelled: labels.labelled + open - failed, failed: labels.failed + failed };
  };
  const steps: string[] = [];
  for (;;) {
    const step = cascadePlan(now, request);
    steps.push(step.stage);
    if (steps.length > 200) throw new Error(`seed ${seed} does not end`);
    if (step.stage === "done") return { steps, end: now };
    if (step.stage === "serving") now = { ...now, waiting: 0, growing: false };
    else if (step.next === "wait_for_documents") now = { ...now, growing: false };
    else if (step.next === "ask") {
      now = {
        ...now,
        heldOut: { ...now.heldOut, asked: now.heldOut.asked + step.heldOut },
        training: { ...now.training, asked: now.training.asked + step.training },
      };
    } else if (step.next === "wait_for_teacher") {
      const [heldOut, training] = [answer(now.heldOut), answer(now.training)];
      const answered = heldOut.labelled + heldOut.failed + training.labelled + training.failed;
      now = { ...now, heldOut, training, waiting: documents - answered };
    } else if (step.next === "train") now = { ...now, rounds: step.round };
    else now = { ...now, threshold: next() < 0.5 ? { from: 0.5, accepted: 1, agreed: 1 } : { from: null, needed: 99 } };
  }
}

test("every course ends, goes through its stages in order, and asks about a fifth at most before it serves", () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const { steps, end } = run(seed);
    expect(end.heldOut.asked + end.training.asked).toBeLessThanOrEqual(end.documents / 5);
    const serving = steps.indexOf("serving");
    if (serving !== -1) expect(steps.slice(serving)).toEqual(["serving", "done"]);
  }
});
