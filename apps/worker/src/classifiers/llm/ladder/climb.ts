import { AppError, type LlmCall, type LlmOutcome } from "@sluice/contracts";
import { waitOrAbort } from "@sluice/serverkit";
import { labelConfidence, type Sureness } from "../answer/label-confidence.ts";
import { makeClassification } from "../answer/make-classification.ts";
import { type ReadAnswer, readAnswer, readNumbers } from "../answer/read-answer.ts";
import type { LlmFailureCode, LlmVerdict } from "../llm-verdict.ts";
import type { Pace } from "../pace/pace.ts";
import { composeQuestion, type QuestionParts } from "../prompt/compose-question.ts";
import type { TokenRuler } from "../prompt/token-ruler.ts";
import type { LlmAnswer, LlmFailure, LlmReply, LlmServer } from "../servers/llm-server.ts";
import { type CallFrame, type LlmPrices, recordCall } from "./record-call.ts";
import { DRAW, type Rung, RUNGS } from "./rungs.ts";

const BUSY_TRIES = 5;
const BUSY_FIRST_MS = 500;
const TOO_LONG_TRIES = 5;
/** By how much less is asked where the server does not say how long the prompt was. */
const SHORTER = 0.6;
/** Answers by chance that stand in for log-probabilities, beside the first. */
const DRAWS = 2;

export interface Climb {
  readonly server: LlmServer;
  readonly pace: Pace;
  readonly ruler: TokenRuler;
  readonly prices: LlmPrices | null;
  readonly frame: CallFrame;
  readonly parts: QuestionParts;
  readonly minConfidence: number | null;
  readonly signal: AbortSignal;
  /** false: somebody has found that the server serves nobody now, and it is not to be asked. */
  serves(): boolean;
}

/** What a rung came to. `none`: the document's own fault, for the next rung. `gone`: the server serves nobody now. */
type Step =
  | { readonly is: "answer"; readonly answer: LlmAnswer; readonly read: ReadAnswer; readonly truncated: boolean }
  | { readonly is: "none"; readonly outcome: LlmOutcome }
  | { readonly is: "gone"; readonly failure: LlmFailure };

/**
 * Asks about one document until there is a label, rung by rung (`RUNGS`). A prompt that is too long is made shorter and a full queue waited for
 * on the same rung; after a time limit the next one with less to read is taken. After a time limit, and when the ladder ends in the server's own
 * faults, a question of two words tells whose they are: if it is answered, the document's, and otherwise it is put off. Rejects when `signal` aborts.
 */
export async function climb(job: Climb): Promise<LlmVerdict> {
  const ask = new Asking(job);
  let last: LlmOutcome = "foreign_label";
  for (let index = 0; index < RUNGS.length; index++) {
    const rung = RUNGS[index] as Rung;
    // The same amount again would take the same time again.
    if (last === "timeout" && rung.share >= (RUNGS[index - 1]?.share ?? Infinity)) continue;
    const step = await ask.step(rung, index + 1);
    if (step.is === "gone") return { ...(await whyGone(job, step.failure)), calls: ask.calls };
    if (step.is === "answer") {
      const sureness = await ask.sureness(rung, step);
      const multi = job.parts.form.labels === "multi";
      const { minConfidence } = job;
      const classification = makeClassification(sureness, { minConfidence, multi, reason: step.read.reason });
      return { outcome: "labelled", classification, calls: ask.calls };
    }
    last = step.outcome;
    // Less than the least is no more on the rungs above.
    if (last === "too_long") break;
    // At once: behind a server that has stalled there are all the others, each with a ladder of its own.
    if (last === "timeout" || (last === "server_error" && index === RUNGS.length - 1)) {
      const failure = await probe(job);
      if (failure !== null) return { ...(await whyGone(job, failure)), calls: ask.calls };
    }
  }
  return { outcome: "failed", ...failureOf(last, ask.calls), calls: ask.calls };
}

const NOBODY_SERVED: LlmFailure = {
  ok: false,
  outcome: "unreachable",
  message: "It had stopped serving when this one's turn came.",
  latencyMs: 0,
};
const NOBODY = Promise.resolve<LlmReply>(NOBODY_SERVED);

class Asking {
  readonly calls: LlmCall[] = [];
  readonly #job: Climb;
  #shrink = 1;
  #busy = 0;
  #tooLong = 0;

  constructor(job: Climb) {
    this.#job = job;
  }

  async step(rung: Rung, seed: number): Promise<Step> {
    const { parts, ruler, server, pace, signal } = this.#job;
    const serves = () => this.#job.serves();
    for (;;) {
      const composed = composeQuestion(parts, { ...rung, share: rung.share * this.#shrink, seed }, ruler);
      if (composed === null) return { is: "none", outcome: "too_long" };
      const { question, truncated, weight } = composed;
      const reply = await pace.run(() => (serves() ? server.ask(question, signal) : NOBODY), signal);
      signal.throwIfAborted();
      if (reply === NOBODY_SERVED) return { is: "gone", failure: NOBODY_SERVED };
      if (reply.ok) {
        ruler.learn(weight, reply.inputTokens);
        const read = readBy(rung, reply, parts);
        this.#record(reply, read.ok ? "ok" : read.outcome, truncated);
        return read.ok ? { is: "answer", answer: reply, read, truncated } : { is: "none", outcome: read.outcome };
      }
      if (reply.outcome === "aborted") throw new AppError("SHUTTING_DOWN", reply.message);
      this.#record(reply, reply.outcome, truncated);
      if (reply.outcome === "unreachable") return { is: "gone", failure: reply };
      if (reply.outcome === "busy") {
        this.#busy += 1;
        if (this.#busy > BUSY_TRIES) return { is: "gone", failure: reply };
        await waitOrAbort(reply.retryAfterMs ?? BUSY_FIRST_MS * 2 ** (this.#busy - 1), signal);
        signal.throwIfAborted();
      } else if (reply.outcome === "too_long") {
        this.#tooLong += 1;
        if (this.#tooLong > TOO_LONG_TRIES) return { is: "none", outcome: "too_long" };
        this.#shrink *= SHORTER;
        if (reply.promptTokens === undefined) ruler.wasTooShort();
        else ruler.learn(weight, reply.promptTokens);
      } else {
        return { is: "none", outcome: reply.outcome };
      }
    }
  }

  /**
   * By the answer's log-probabilities. A server without them is asked again, by chance, and counts how often it says the same: as one of
   * `n` answers that all agree tells no certainty, by the rule of succession, (agreeing + 1) / (asked + 2).
   */
  async sureness(rung: Rung, { answer, read }: Extract<Step, { is: "answer" }>): Promise<Sureness> {
    const { taxonomy, form } = this.#job.parts;
    const ids = taxonomy.categories.map(({ id }) => id);
    const told = labelConfidence(answer, read, ids, rung.answer === "number" ? "number" : form.labels);
    if (told !== null) return told;
    const said = [read.given];
    for (let draw = 1; draw <= DRAWS; draw++) {
      const step = await this.step({ ...DRAW, answer: rung.answer, share: rung.share }, RUNGS.length + draw);
      if (step.is === "answer") said.push(step.read.given);
      if (step.is === "gone") break;
    }
    const share = (category: string) =>
      (said.filter((given) => given.includes(category)).length + 1) / (said.length + 2);
    const labels = read.given.map((category) => ({ category, confidence: share(category) }));
    labels.sort((left, right) => right.confidence - left.confidence);
    return { labels, runnerUp: null };
  }

  #record(reply: LlmAnswer | LlmFailure, outcome: LlmOutcome, truncated: boolean): void {
    const { frame, prices } = this.#job;
    this.calls.push(recordCall(frame, { reply, outcome, truncated, number: this.calls.length + 1, prices }));
  }
}

function readBy(rung: Rung, answer: LlmAnswer, { taxonomy, form }: QuestionParts) {
  const ids = taxonomy.categories.map(({ id }) => id);
  return rung.answer === "json" ? readAnswer(answer, new Set(ids)) : readNumbers(answer, ids, form.labels);
}

/** Whether the server answers anything at all; null: it does. */
async function probe({ server, pace, signal, serves }: Climb): Promise<LlmFailure | null> {
  const messages = [{ role: "user" as const, content: "Say yes." }];
  const question = { messages, schema: null, maxOutputTokens: 1, temperature: 0, seed: 0 };
  const reply = await pace.run(() => (serves() ? server.ask(question, signal) : NOBODY), signal);
  signal.throwIfAborted();
  return reply.ok ? null : reply;
}

/** A server that answers, but no more with this model, is told apart. */
async function whyGone({ server, signal }: Climb, failure: LlmFailure): Promise<PutOff> {
  if (failure === NOBODY_SERVED) return { outcome: "put_off", code: "LLM_UNAVAILABLE", message: failure.message };
  try {
    await server.describe(signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError && error.code === "LLM_MODEL_MISSING") {
      return { outcome: "put_off", code: error.code, message: error.message };
    }
  }
  return { outcome: "put_off", code: "LLM_UNAVAILABLE", message: failure.message };
}

interface PutOff {
  readonly outcome: "put_off";
  readonly code: "LLM_UNAVAILABLE" | "LLM_MODEL_MISSING";
  readonly message: string;
}

function failureOf(last: LlmOutcome, calls: readonly LlmCall[]): { code: LlmFailureCode; message: string } {
  const outcomes = [...new Set(calls.map(({ outcome }) => outcome))].join(", ");
  const asked = `${calls.length} ${calls.length === 1 ? "call" : "calls"} came to: ${outcomes || "nothing"}.`;
  const code =
    last === "refused"
      ? "LLM_REFUSED"
      : last === "too_long"
        ? "LLM_TOO_LONG"
        : last === "timeout"
          ? "LLM_TIMEOUT"
          : "LLM_ANSWER_INVALID";
  return { code, message: asked };
}
