import { afterEach, expect, test } from "bun:test";
import { callServer } from "./call-server.ts";
import { OpenAiServer } from "./openai-server.ts";
import { OllamaServer } from "./ollama-server.ts";

const KEY = "sk-not-to-be-told";
const open: Bun.Server<undefined>[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop(true);
});

/** What real servers hardly do on demand; what they do is in test/llm-protocol.test.ts. */
function serve(answer: (request: Request) => Response | Promise<Response>): string {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  open.push(server);
  return server.url.origin;
}

const question = { messages: [], schema: null, maxOutputTokens: 8, temperature: 0, seed: 1 };
const completion = (choice: object) =>
  Response.json({ choices: [choice], usage: { prompt_tokens: 7, completion_tokens: 2 } });
const openAi = (url: string, timeoutMs = 5_000) =>
  new OpenAiServer({ url, model: "m", apiKey: KEY, contextTokens: 512, timeoutMs });

test("the key goes along, and is in no message", async () => {
  let seen: string | null = null;
  const url = serve((request) => {
    seen = request.headers.get("authorization");
    return Response.json({ error: { message: `bad key ${KEY}`, type: "invalid_request_error" } }, { status: 401 });
  });
  const reply = await openAi(url).ask(question);
  expect(String(seen)).toBe(`Bearer ${KEY}`);
  expect(reply).toMatchObject({ ok: false, outcome: "unreachable" });
  expect(JSON.stringify(reply)).not.toContain(KEY);
  const error: unknown = await openAi(url)
    .describe()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "LLM_UNAVAILABLE" });
  expect(String(error)).toContain("SLUICE_LLM_API_KEY");
  expect(Bun.inspect(error)).not.toContain(KEY);
});

test("a redirect is not followed: the key and the document go to the server that was named", async () => {
  let reached = false;
  const elsewhere = serve(() => {
    reached = true;
    return completion({ message: { content: "x" } });
  });
  const url = serve(() => Response.redirect(`${elsewhere}/v1/chat/completions`, 307));
  expect(await openAi(url).ask(question)).toMatchObject({ ok: false, outcome: "unreachable" });
  expect(reached).toBe(false);
});

test("a server's words are not handed on: they may quote the question", async () => {
  const url = serve(async (request) =>
    Response.json({ error: { message: `I cannot take ${await request.text()}` } }, { status: 500 }),
  );
  const asked = { ...question, messages: [{ role: "user" as const, content: "Zanzibar" }] };
  for (const server of [openAi(url), new OllamaServer({ url, model: "m", contextTokens: 512, timeoutMs: 5_000 })]) {
    const reply = await server.ask(asked);
    expect(reply).toMatchObject({ ok: false, outcome: "server_error", message: "It answered 500." });
  }
});

test("a model without log-probabilities is asked once more without them, and then never for them", async () => {
  const bodies: string[] = [];
  const url = serve(async (request) => {
    const body = await request.text();
    bodies.push(body);
    if (!body.includes("logprobs")) return completion({ finish_reason: "stop", message: { content: "x" } });
    return Response.json({ error: { message: "'logprobs' is not supported with this model." } }, { status: 400 });
  });
  const server = openAi(url);
  expect(await server.ask(question)).toMatchObject({ ok: true, tokens: null, inputTokens: 7 });
  await server.ask(question);
  expect(bodies.map((body) => body.includes("logprobs"))).toEqual([true, false, false]);
});

test.each([
  [{ finish_reason: "content_filter", message: { content: null } }, "refused"],
  [{ finish_reason: "stop", message: { content: null, refusal: "No." } }, "refused"],
  [{ finish_reason: "length", message: { content: "x" } }, "length"],
  [{ finish_reason: null, message: { content: "x" } }, "stop"],
])("%j ends as %s", async (choice, doneReason) => {
  expect(await openAi(serve(() => completion(choice))).ask(question)).toMatchObject({ ok: true, doneReason });
});

test.each([
  [429, { error: "slow down" }, "busy"],
  [503, {}, "busy"],
  [502, {}, "unreachable"],
  [404, { error: { message: "no model" } }, "unreachable"],
  [400, { error: { code: "context_length_exceeded", message: "…" } }, "too_long"],
  [400, { error: { message: "This model's maximum context length is 512 tokens." } }, "too_long"],
  [400, { error: { message: "unknown member" } }, "server_error"],
  [200, { choices: [] }, "server_error"],
] as const)("%i %j is %s", async (status, body, outcome) => {
  const url = serve(() => Response.json(body, { status, headers: { "retry-after": "2" } }));
  const reply = await openAi(url).ask(question);
  expect(reply).toMatchObject({ ok: false, outcome });
  if (outcome === "busy") expect(reply).toMatchObject({ retryAfterMs: 2_000 });
});

test("an answer without an end is left", async () => {
  const chunk = new Uint8Array(1 << 20);
  const url = serve(() => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })));
  const call = { url, body: null, timeoutMs: 20_000 };
  expect(await callServer(call)).toMatchObject({ ok: false, outcome: "server_error" });
});

test("a server that says nothing, and one that stops in the middle, are left in time", async () => {
  const silent = serve(() => new Promise<Response>(() => {}));
  expect(await openAi(silent, 50).ask(question)).toMatchObject({ ok: false, outcome: "timeout" });
  const stuck = serve(
    () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(4)) })),
  );
  expect(await openAi(stuck, 50).ask(question)).toMatchObject({ ok: false, outcome: "timeout" });
});
