import { describe, expect, test } from "bun:test";
import { classificationSchema, llmCallSchema, type Taxonomy } from "@sluice/contracts";
import type { ClassifierInput } from "../rules/index.ts";
import { LlmClassifier } from "./llm-classifier.ts";
import type { LlmSettings, LlmVerdict } from "./llm-verdict.ts";
import { Pace } from "./pace/pace.ts";
import { answered, failed, type Script, ScriptedServer } from "./scripted-server.ts";

const TAXONOMY: Taxonomy = {
  name: "desk",
  labels: "single",
  categories: ["invoice", "letter", "report"].map((id) => ({ id, name: id, description: `A ${id}.`, keywords: [] })),
};
const SECRET = "Zanzibar quarterly tulips";
const never = new AbortController().signal;
const isProbe = (content = "") => content === "Say yes.";
const ok = (category: string) => answered(JSON.stringify({ category }));

const inputOf = (text: string, verdict: "text" | "image" = "text"): ClassifierInput =>
  ({ pages: [{ text, widthPt: 1, heightPt: 1, verdict }], pageCount: 1 }) as ClassifierInput;

interface Run {
  readonly verdict: LlmVerdict;
  readonly server: ScriptedServer;
}

async function run(
  script: Script,
  options: { text?: string; settings?: Partial<LlmSettings>; contextTokens?: number } = {},
): Promise<Run> {
  const server = new ScriptedServer(script, options.contextTokens);
  const classifier = new LlmClassifier({
    server,
    description: await server.describe(),
    pace: new Pace({ model: server.model, most: 4 }),
    prices: { inputUsdPerMillion: 1, outputUsdPerMillion: 4 },
  });
  const judge = classifier.judge({ taxonomy: TAXONOMY, minConfidence: null, ...options.settings });
  const verdict = await judge(inputOf(options.text ?? `A text about ${SECRET}, long enough.`), never);
  for (const call of verdict.calls) llmCallSchema.parse(call);
  expect(verdict.calls.length).toBeLessThanOrEqual(16);
  expect(verdict.calls.map((call) => call.try)).toEqual(verdict.calls.map((_, index) => index + 1));
  if (verdict.outcome === "labelled") classificationSchema.parse(verdict.classification);
  else expect(verdict.message).not.toContain("tulips");
  return { verdict, server };
}

const outcomesOf = ({ calls }: LlmVerdict) => calls.map(({ outcome }) => outcome);

describe("a label", () => {
  test("comes with its confidence, its call and what that cost", async () => {
    const { verdict, server } = await run(() => ok("letter"));
    expect(verdict).toMatchObject({
      outcome: "labelled",
      classification: { state: "classified", category: "letter", confidence: 1, terms: [], source: "llm" },
      calls: [{ model: "scripted", modelDigest: "d".repeat(64), outcome: "ok", inputTokens: 200, costUsd: 0.00024 }],
    });
    // The constant part is the first message; the document is in the last alone.
    const [first, last] = server.asked[0]?.messages ?? [];
    expect(first?.content).toContain("1. invoice (invoice): A invoice.");
    expect(first?.content).not.toContain("tulips");
    expect(last?.content).toContain("tulips");
  });

  test("is withheld below the asked confidence, and told beside it", async () => {
    const others = [{ text: '{"category":"letter"}', logprob: Math.log(0.6) }];
    const text = '{"category":"report"}';
    const unsure = () => answered(text, { tokens: [{ text, logprob: Math.log(0.4), others }] });
    const { verdict } = await run(unsure);
    expect(verdict).toMatchObject({
      classification: { state: "abstained", category: null, confidence: 0.4, runnerUp: { category: "report" } },
    });
    const { verdict: trusting } = await run(unsure, { settings: { minConfidence: 0.3 } });
    expect(trusting).toMatchObject({
      classification: { state: "classified", category: "report", runnerUp: { category: "letter", confidence: 0.6 } },
    });
  });

  test("is asked for thrice where a server tells no log-probabilities", async () => {
    const said = ["letter", "letter", "report"];
    const { verdict } = await run((_, call) =>
      answered(JSON.stringify({ category: said[call - 1] }), { tokens: null }),
    );
    expect(verdict).toMatchObject({ classification: { category: "letter", confidence: 0.6 } });
    expect(outcomesOf(verdict)).toEqual(["ok", "ok", "ok"]);
  });

  test("may be several, each with its own confidence, or none", async () => {
    const settings = { labels: "multi" } as const;
    const { verdict } = await run(() => answered('{"categories":["letter","report"]}'), { settings });
    expect(verdict).toMatchObject({
      classification: { category: "letter", labels: [{ category: "letter" }, { category: "report" }] },
    });
    const { verdict: none } = await run(() => answered('{"categories":[]}'), { settings });
    expect(none).toMatchObject({ classification: { state: "abstained", category: null, confidence: 0 } });
  });

  test("comes with a reason where one is asked for", async () => {
    const reply = () => answered('{"category":"letter","reason":"It begins with Dear."}');
    const { verdict, server } = await run(reply, { settings: { withReason: true } });
    expect(verdict).toMatchObject({ classification: { category: "letter", reason: "It begins with Dear." } });
    expect(server.asked[0]?.schema).toMatchObject({ required: ["category", "reason"] });
  });

  test("is none, and no call either, where there is no text", async () => {
    const server = new ScriptedServer(() => ok("letter"));
    const pace = new Pace({ model: "scripted", most: 1 });
    const classifier = new LlmClassifier({ server, description: await server.describe(), pace, prices: null });
    const judge = classifier.judge({ taxonomy: TAXONOMY, minConfidence: null });
    for (const input of [null, inputOf(""), inputOf("12 / 4 — 7"), inputOf("A scan's hidden words", "image")]) {
      const verdict = await judge(input, never);
      expect(verdict).toMatchObject({ classification: { state: "no_text", category: null, confidence: 0 }, calls: [] });
    }
    expect(server.asked).toEqual([]);
  });
});

describe("nonsense", () => {
  test("is asked again: by other dice, with less to read, by number", async () => {
    const script: Script = (question, call) => {
      // From no count of tokens nothing is learnt of them.
      const cut = { doneReason: "length", inputTokens: 0 } as const;
      if (call === 1) return answered('{"category":"poem"}', { inputTokens: 0 });
      if (call === 2) return answered('{"category": "inv', cut);
      if (call === 3) return answered(`{"category":${"\n".repeat(40)}`, cut);
      expect(question.schema).toBeNull();
      return answered("2");
    };
    const { verdict, server } = await run(script, { text: "A letter to read. ".repeat(200) });
    expect(verdict).toMatchObject({ outcome: "labelled", classification: { category: "letter" } });
    expect(outcomesOf(verdict)).toEqual(["foreign_label", "cut", "whitespace", "ok"]);
    const lengths = server.asked.map(({ messages }) => messages[1]?.content.length ?? 0);
    expect(lengths[1]).toBe(lengths[0] ?? 0);
    expect(lengths[2]).toBeLessThan((lengths[0] ?? 0) * 0.6);
    expect(lengths[3]).toBeLessThan((lengths[2] ?? 0) * 0.6);
    expect(new Set(server.asked.map(({ seed }) => seed)).size).toBe(4);
    expect(server.asked.map(({ temperature }) => temperature)).toEqual([0, 0.7, 0, 0]);
  });

  test("to the end fails the document alone", async () => {
    const { verdict } = await run(() => answered("Tulips."));
    expect(verdict).toMatchObject({ outcome: "failed", code: "LLM_ANSWER_INVALID" });
    expect(outcomesOf(verdict)).toHaveLength(4);
  });

  test("a refusal to the end has its own code", async () => {
    const { verdict } = await run(() => answered("", { doneReason: "refused" }));
    expect(verdict).toMatchObject({ outcome: "failed", code: "LLM_REFUSED" });
  });
});

describe("what is too long", () => {
  test("is made shorter until it fits", async () => {
    const fits = 1_400;
    const script: Script = (question) => {
      const { length } = question.messages.map(({ content }) => content).join("");
      return length > fits ? failed("too_long") : ok("report");
    };
    const { verdict } = await run(script, { text: "Many words. ".repeat(1_000) });
    expect(verdict).toMatchObject({ outcome: "labelled", classification: { category: "report" } });
    expect(outcomesOf(verdict).at(-1)).toBe("ok");
    expect(verdict.calls.at(-1)?.truncated).toBe(true);
  });

  test("for ever fails", async () => {
    const { verdict } = await run(() => failed("too_long"));
    expect(verdict).toMatchObject({ outcome: "failed", code: "LLM_TOO_LONG" });
    expect(verdict.calls.length).toBeLessThan(8);
  });

  test("a context that is too small for anything asks nothing", async () => {
    const { verdict, server } = await run(() => ok("letter"), { contextTokens: 330 });
    expect(verdict).toMatchObject({ outcome: "failed", code: "LLM_TOO_LONG", calls: [] });
    expect(server.asked).toEqual([]);
  });
});

describe("a server that does not serve", () => {
  test("puts documents off, and they have lost nothing", async () => {
    const { verdict } = await run(() => failed("unreachable"));
    expect(verdict).toMatchObject({ outcome: "put_off", code: "LLM_UNAVAILABLE" });
    expect(outcomesOf(verdict)).toEqual(["unreachable"]);
  });

  test("is waited for while its queue is full", async () => {
    const { verdict } = await run((_, call) => (call < 3 ? failed("busy", { retryAfterMs: 5 }) : ok("letter")));
    expect(verdict).toMatchObject({ outcome: "labelled" });
    expect(outcomesOf(verdict)).toEqual(["busy", "busy", "ok"]);
    const { verdict: never } = await run(() => failed("busy", { retryAfterMs: 1 }));
    expect(never).toMatchObject({ outcome: "put_off", code: "LLM_UNAVAILABLE" });
  });

  test.each(["timeout", "server_error"] as const)(
    "to anyone (%s) is told from one that fails at this document",
    async (outcome) => {
      const { verdict: anyone } = await run(() => failed(outcome));
      expect(anyone).toMatchObject({ outcome: "put_off", code: "LLM_UNAVAILABLE" });
      const { verdict: this1 } = await run((question) =>
        isProbe(question.messages.at(-1)?.content) ? answered("Yes") : failed(outcome),
      );
      expect(this1).toMatchObject({
        outcome: "failed",
        code: outcome === "timeout" ? "LLM_TIMEOUT" : "LLM_ANSWER_INVALID",
      });
    },
  );

  test("in time is asked for less, not for the same again", async () => {
    const { verdict, server } = await run((_, call) => (call === 1 ? failed("timeout") : ok("letter")), {
      text: "A letter to read. ".repeat(200),
    });
    expect(outcomesOf(verdict)).toEqual(["timeout", "ok"]);
    const asked = server.asked.filter(({ messages }) => !isProbe(messages.at(-1)?.content));
    const [first, second] = asked.map(({ messages }) => messages[1]?.content.length ?? 0);
    expect(second).toBeLessThan((first ?? 0) * 0.6);
  });

  test("at all any more costs one time limit, and not a ladder for each document", async () => {
    const { verdict, server } = await run(() => failed("timeout"));
    expect(verdict).toMatchObject({ outcome: "put_off", code: "LLM_UNAVAILABLE" });
    expect(outcomesOf(verdict)).toEqual(["timeout"]);
    expect(server.asked).toHaveLength(2);
  });

  test("asks nothing for those whose turn comes after it was found out", async () => {
    let serves = true;
    const server = new ScriptedServer(() => {
      serves = false;
      return failed("unreachable");
    });
    const pace = new Pace({ model: "scripted", most: 1 });
    const parts = { server, description: await server.describe(), pace, prices: null };
    const judge = new LlmClassifier({ ...parts, serves: () => serves }).judge({
      taxonomy: TAXONOMY,
      minConfidence: null,
    });
    const verdicts = await Promise.all(
      ["One text to be judged here.", "Another text to be judged.", "A third text to be judged."].map((text) =>
        judge(inputOf(text), never),
      ),
    );
    expect(verdicts.map(({ outcome, calls }) => [outcome, calls.length])).toEqual([
      ["put_off", 1],
      ["put_off", 0],
      ["put_off", 0],
    ]);
    expect(server.asked).toHaveLength(1);
  });

  test("whoever gives up is not told a verdict", async () => {
    const abort = new AbortController();
    const server = new ScriptedServer(() => {
      abort.abort(new Error("stopped"));
      return failed("aborted");
    });
    const pace = new Pace({ model: "scripted", most: 1 });
    const classifier = new LlmClassifier({ server, description: await server.describe(), pace, prices: null });
    const judge = classifier.judge({ taxonomy: TAXONOMY, minConfidence: null });
    await expect(judge(inputOf("Some text to judge here."), abort.signal)).rejects.toThrow("stopped");
    expect(pace.state.inFlight).toBe(0);
  });
});
