/**
 * A receiver of webhooks as a process of its own, to be killed, frozen and told to misbehave: it writes every call down before
 * it answers, and judges none. `bun receiver.ts HOST:PORT FOLDER`.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ReceiverMode, receiverFiles } from "./received-call.ts";

const [at = "", folder = ""] = process.argv.slice(2);
const [hostname = "", port = ""] = at.split(":");
const files = receiverFiles(folder);
/** Longer than any sender waits. */
const STALL_MS = 60_000;

Bun.serve({
  hostname,
  port: Number(port),
  idleTimeout: 120,
  async fetch(request) {
    const mode: ReceiverMode = existsSync(files.mode) ? (readFileSync(files.mode, "utf8") as ReceiverMode) : "well";
    const body = await request.text();
    const header = (name: string) => request.headers.get(`webhook-${name}`) ?? "";
    const call = {
      path: new URL(request.url).pathname,
      id: header("id"),
      timestamp: header("timestamp"),
      signature: header("signature"),
      body,
      mode,
    };
    appendFileSync(files.calls, `${JSON.stringify(call)}\n`);
    if (mode === "stall") await Bun.sleep(STALL_MS);
    return new Response(null, { status: mode === "well" ? 204 : 500 });
  },
});
process.stderr.write(`listening on ${at}, calls in ${join(folder)}\n`);
