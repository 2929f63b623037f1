import { expect, test } from "bun:test";
import type { LlmAnswer } from "../servers/llm-server.ts";
import { readAnswer, readNumbers } from "./read-answer.ts";

const KNOWN = ["invoice", "letter"];

function answer(text: string, doneReason: LlmAnswer["doneReason"] = "stop"): LlmAnswer {
  return { ok: true, text, doneReason, inputTokens: 1, outputTokens: 1, latencyMs: 1, tokens: null };
}

const read = (text: string, doneReason?: LlmAnswer["doneReason"]) =>
  readAnswer(answer(text, doneReason), new Set(KNOWN));

test("one label, with or without what models put around it", () => {
  for (const text of [
    '{\n  "category": "invoice"\n}',
    '```json\n{"category":"invoice"}\n```',
    '<think>{hm}</think> {"category":"invoice"}'.replace("{hm}", "hm"),
  ]) {
    expect(read(text)).toEqual({ ok: true, given: ["invoice"] });
  }
});

test("several labels, none twice, or none", () => {
  expect(read('{"categories":["letter","invoice","letter"]}')).toEqual({ ok: true, given: ["letter", "invoice"] });
  expect(read('{"categories":[]}')).toEqual({ ok: true, given: [] });
});

test("a reason is cut between signs", () => {
  const reason = `${"x".repeat(499)}😀`;
  expect(read(JSON.stringify({ category: "letter", reason }))).toEqual({
    ok: true,
    given: ["letter"],
    reason: "x".repeat(499),
  });
});

test.each([
  ['{"category":"poem"}', "stop", "foreign_label"],
  ['{"categories":["letter","poem"]}', "stop", "foreign_label"],
  ["Invoice, I would say.", "stop", "foreign_label"],
  ['{"category": "inv', "length", "cut"],
  ['{"category":\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n', "length", "whitespace"],
  ["", "stop", "whitespace"],
  ["I'm sorry, but I cannot help with that.", "stop", "refused"],
  ["", "refused", "refused"],
] as const)("%j (%s) is %s", (text, doneReason, outcome) => {
  expect(read(text, doneReason)).toEqual({ ok: false, outcome });
});

test("a whole label counts, although what follows was cut", () => {
  expect(read('{"category":"letter"}\n\n', "length")).toEqual({ ok: true, given: ["letter"] });
});

test("a label whose reason was cut is whole", () => {
  const cut = '{\n "category": "letter",\n "reason": "It says \\"Dear';
  expect(read(cut, "length")).toEqual({ ok: true, given: ["letter"], reason: 'It says "Dear …' });
  expect(read(`${cut}\\u00`, "length")).toMatchObject({ reason: 'It says "Dear …' });
  const many = '{"categories": ["letter", "invoice"], "reason": "Both';
  expect(read(many, "length")).toEqual({ ok: true, given: ["letter", "invoice"], reason: "Both …" });
  expect(read('{"category": "poem", "reason": "x', "length")).toEqual({ ok: false, outcome: "cut" });
  expect(read('{"category": "letter", "rea', "length")).toEqual({ ok: false, outcome: "cut" });
});

test("numbers of the list", () => {
  const numbers = (text: string, labels: "single" | "multi" = "single") => readNumbers(answer(text), KNOWN, labels);
  expect(numbers("2")).toEqual({ ok: true, given: ["letter"] });
  expect(numbers("The number is 1.")).toEqual({ ok: true, given: ["invoice"] });
  expect(numbers("1 or 2")).toEqual({ ok: false, outcome: "foreign_label" });
  expect(numbers("3")).toEqual({ ok: false, outcome: "foreign_label" });
  expect(numbers("1, 2", "multi")).toEqual({ ok: true, given: ["invoice", "letter"] });
  expect(numbers("0", "multi")).toEqual({ ok: true, given: [] });
  expect(numbers("I cannot assist.")).toEqual({ ok: false, outcome: "refused" });
});
