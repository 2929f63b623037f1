/**
 * An LLM's server as a process of its own, to be killed, frozen and told to misbehave: it speaks as Ollama does, and labels a document by its
 * name. What real servers do is tested with real ones (apps/worker/test); here is a teacher who can be checked, and who fails on
 * purpose. `bun model-server.ts HOST:PORT MODE_FILE`.
 */
import { existsSync, readFileSync } from "node:fs";
import { businessTaxonomy } from "@sluice/taxonomy";
import { z } from "zod";
import { documentAsked, labelOf } from "./label-of.ts";
import { llmModeSchema } from "./modes.ts";

const [at = "", modeFile = ""] = process.argv.slice(2);
const [hostname = "", port = ""] = at.split(":");
/** Longer than any worker of a run waits, and less long. */
const STALL_MS = 60_000;
const DAWDLE_MS = 900;

const questionSchema = z.object({
  messages: z.array(z.object({ content: z.string() })),
  format: z.unknown().optional(),
});

/** What says nothing: cut, foreign, endless, refused, empty, and no JSON at all. */
const BABBLE = [
  { content: '{"category": "inv', done_reason: "length" },
  { content: '{"category": "weather"}', done_reason: "stop" },
  { content: `{"category": "${" \n".repeat(40)}`, done_reason: "length" },
  { content: "I am sorry, but I cannot help with that.", done_reason: "stop" },
  { content: "", done_reason: "stop" },
  { content: "{}", done_reason: "stop" },
] as const;
let babbled = 0;

Bun.serve({
  hostname,
  port: Number(port),
  idleTimeout: 120,
  async fetch(request) {
    const mode = llmModeSchema.parse(existsSync(modeFile) ? readFileSync(modeFile, "utf8") : "well");
    if (mode === "refuse") return Response.json({ error: "server busy, please try again" }, { status: 503 });
    if (mode === "stall") await Bun.sleep(STALL_MS);
    if (mode === "dawdle") await Bun.sleep(DAWDLE_MS);
    const { pathname } = new URL(request.url);
    if (pathname === "/api/tags")
      return Response.json({ models: [{ name: "teacher:latest", digest: "7".repeat(64) }] });
    if (pathname !== "/api/chat") return Response.json({ error: "not found" }, { status: 404 });
    const { messages, format } = questionSchema.parse(await request.json());
    const question = messages.at(-1)?.content;
    if (question === undefined) return Response.json({ message: { content: "" }, done_reason: "load" });
    if (mode === "babble") {
      const { content, done_reason } = BABBLE[(babbled += 1) % BABBLE.length] ?? BABBLE[0];
      return Response.json({ message: { content }, done_reason, prompt_eval_count: 100, eval_count: 20 });
    }
    return Response.json(answerTo(question, format !== undefined));
  },
});
process.stderr.write(`listening on ${at}\n`);

function answerTo(question: string, asJson: boolean): object {
  const name = documentAsked(question);
  const label = name === null ? null : labelOf(name);
  const number = businessTaxonomy.categories.findIndex(({ id }) => id === label) + 1;
  const tokens = label === null ? ["yes"] : asJson ? ['{"category": "', label, '"}'] : [String(number)];
  return {
    message: { content: tokens.join("") },
    done_reason: "stop",
    prompt_eval_count: Math.ceil(question.length / 4),
    eval_count: tokens.length,
    logprobs: tokens.map((token) => ({ token, logprob: -0.01, top_logprobs: [{ token, logprob: -0.01 }] })),
  };
}
