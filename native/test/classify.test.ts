import { expect, test } from "bun:test";
import { loadModel, type LabelledText, ModelError, trainModel } from "../src/classify.ts";

const SUBJECTS = {
  finance: ["bank", "shares", "profit", "market", "dividend", "merger"],
  film: ["film", "actor", "premiere", "director", "festival", "script"],
  sport: ["goal", "match", "league", "striker", "referee", "stadium"],
};
const PLAIN = ["the", "year", "people", "said", "after", "new", "week", "report"];
type Subject = keyof typeof SUBJECTS;
const NAMES = Object.keys(SUBJECTS) as Subject[];

/** Always the same texts: a generator of Lehmer's. */
function* chances(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48_271) % 0x7fff_ffff) yield state;
}

function textOf(subjects: readonly Subject[], chance: Iterator<number, number>): string {
  const pick = (words: readonly string[]) => words[chance.next().value % words.length];
  return Array.from({ length: 30 }, () =>
    [pick(PLAIN), ...subjects.map((subject) => pick(SUBJECTS[subject]))].join(" "),
  ).join(" ");
}

function rowsOf(count: number): LabelledText[] {
  const chance = chances(7) as Iterator<number, number>;
  return Array.from({ length: count }, (_, row) => {
    const subject = NAMES[row % NAMES.length] ?? "sport";
    return { text: textOf([subject], chance), labels: [subject] };
  });
}

test("a model is trained, kept as a file, and judges", async () => {
  const { bytes, sha256, header, heldOut, leftOut } = await trainModel(rowsOf(60), {
    taxonomyHash: "ab",
    createdFrom: "a test",
  });
  expect(header.labels).toEqual(["film", "finance", "sport"]);
  expect(header.card).toMatchObject({ rows: 60, createdFrom: "a test", seed: 1 });
  expect(header.card.accuracy.value).toBeGreaterThan(0.95);
  expect(header.card.accuracy.low).toBeLessThan(header.card.accuracy.value);
  expect(header.card.classes.map(({ label, rows }) => [label, rows])).toEqual([
    ["film", 20],
    ["finance", 20],
    ["sport", 20],
  ]);
  expect(leftOut).toEqual([]);
  expect(heldOut).toHaveLength(60);
  const model = loadModel(bytes);
  expect(model.sha256).toBe(sha256);
  expect(model.header).toEqual(header);
  const judged = model.classify("Fresh DIVIDEND of the bank, said people: profit!", { terms: 3 });
  expect(judged.best).toBe("finance");
  expect(judged.runnerUp?.confidence).toBeLessThan(judged.confidence);
  expect(judged.terms.map(({ term }) => term).sort()).toEqual(["bank", "dividend", "profit"]);
  expect(judged.probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  const utf8 = new TextEncoder().encode("Fresh DIVIDEND of the bank, said people: profit!");
  expect(model.classify(utf8).probabilities).toEqual(judged.probabilities);
  // Bytes that are no text are judged as far as they are.
  expect(model.classify(new Uint8Array([0xff, 0xfe, 0x20])).known).toBe(0);
});

test("the same rows give the same file", async () => {
  const [first, again] = await Promise.all([trainModel(rowsOf(24)), trainModel(rowsOf(24))]);
  expect(again.sha256).toBe(first.sha256);
  expect((await trainModel(rowsOf(27))).sha256).not.toBe(first.sha256);
});

test("texts with any number of labels", async () => {
  const chance = chances(9) as Iterator<number, number>;
  const sets: Subject[][] = [["film"], ["sport"], ["film", "finance"], ["sport", "finance"], []];
  const rows = Array.from({ length: 80 }, (_, row) => {
    const labels = sets[row % sets.length] ?? [];
    return { text: textOf(labels, chance), labels };
  });
  const model = loadModel((await trainModel(rows, { multiLabel: true })).bytes);
  const { probabilities } = model.classify(textOf(["film", "finance"], chance));
  expect(model.labels.filter((_, index) => (probabilities[index] ?? 0) > 0.5)).toEqual(["film", "finance"]);
});

test("labels with one row are left out, and nothing is learned from one label", async () => {
  const odd = { text: "a text of its own", labels: ["odd"] };
  const { header, heldOut, leftOut } = await trainModel([odd, ...rowsOf(12)]);
  expect(header.labels).not.toContain("odd");
  expect(leftOut).toEqual([{ label: "odd", rows: 1 }]);
  expect(heldOut[0]).toBeNull();
  expect(heldOut[1]).not.toBeNull();
  const one = trainModel(Array.from({ length: 5 }, () => odd));
  expect(one).rejects.toMatchObject({ name: "ModelError", code: "LABELS_INVALID" });
});

test("files that are cut, changed or of another kind are MODEL_INVALID", async () => {
  const { bytes } = await trainModel(rowsOf(12));
  const invalid = (file: Uint8Array) => {
    try {
      loadModel(file);
    } catch (error) {
      return error instanceof ModelError ? error.code : error;
    }
    return null;
  };
  expect(invalid(bytes)).toBeNull();
  for (const length of [0, 7, 8, 40, bytes.length >> 1, bytes.length - 1]) {
    expect(invalid(bytes.subarray(0, length))).toBe("MODEL_INVALID");
  }
  const text = Buffer.from(bytes).toString("latin1");
  const changed = (from: string, to: string) =>
    Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0));
  expect(invalid(changed('"film"', '"flim"'))).toBeNull();
  for (const [from, to] of [
    ["SLMODEL", "SLMODAL"],
    ['"film"', '"sport'],
    ['"film"', "12345 "],
    ['"film"', '"sprt"'],
    ["false", "true "],
  ] as const) {
    const outcome = invalid(changed(from, to));
    expect([from, to, outcome]).toEqual([from, to, to === '"sprt"' ? null : "MODEL_INVALID"]);
  }
});

test("a training is cancelled while it runs", async () => {
  const controller = new AbortController();
  const rows = Array.from({ length: 1_500 }, (_, row) => ({
    text: Array.from({ length: 300 }, (_, word) => `w${(row * 7_919 + word * word) % 50_021}`).join(" "),
    labels: [`label ${row % 60}`],
  }));
  const training = trainModel(rows, { signal: controller.signal });
  const started = performance.now();
  setTimeout(() => controller.abort(new Error("not wanted any more")), 300);
  expect(training).rejects.toThrow("not wanted any more");
  await training.catch(() => {});
  expect(performance.now() - started).toBeLessThan(20_000);
});
