/**
 * A worker without an engine, as a process: registers, takes shards and answers them from memory, at once or at the pace
 * that it is given. What the rest of the path costs is then what the others use.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SluiceClient } from "@sluice/client";
import { PROTOCOL_VERSION, type WorkerRegistration } from "@sluice/contracts";
import { type DocumentTexts, inventTexts, regroup, SyntheticDocuments } from "./synthetic-documents.ts";
import { ShardServer } from "./shard-server.ts";

const USAGE = `Usage: synthetic-worker.ts --coordinator URL… --token T [--workers N] [--slots N] [--ms-per-document MS]
                           [--texts FILE] [--pages N] [--page-bytes N] [--engine-version V] [--label-slots N]

--workers     so many workers in this process, each with its own port and \`--slots\` (default: 1 and 1)
--texts       JSON, texts by document and page; \`--pages\` makes documents of so many pages of them
--pages, --page-bytes   without \`--texts\`: one document of so many pages of so many bytes (default: 13 and 1,900)
--engine-version        default: synthetic-1
--label-slots           an LLM too, which judges so many label shards at a time, at once

Prints {"ready":true,"url":…,"urls":[…]} when all are registered, and ends with its stdin or by SIGTERM. GET /stats of each
says how much it has done.`;

const { values } = readArguments();
const documents = new SyntheticDocuments(readTexts());
const labelSlots = values["label-slots"] === undefined ? 0 : number("--label-slots", values["label-slots"]);
const labellers =
  labelSlots === 0
    ? []
    : [{ classifier: "llm@synthetic", slots: labelSlots, busySlots: 0, documents: 8, available: true }];
const servers = Array.from(
  { length: number("--workers", values.workers) },
  () =>
    new ShardServer({
      slots: number("--slots", values.slots),
      msPerDocument: Number(values["ms-per-document"]),
      documents,
    }),
);
const clients = (values.coordinator ?? []).map(
  (baseUrl) => new SluiceClient({ baseUrl, token: values.token ?? "", timeoutMs: 10_000 }),
);
if (clients.length === 0) usage("--coordinator is missing");

const stopped = new AbortController();
process.on("SIGTERM", () => stopped.abort());
void endOfStdin().then(() => stopped.abort());
const renewals = servers.flatMap((server) => clients.map((client) => keepRegistered(server, client)));
await Promise.race([Promise.all(renewals.map((renewal) => renewal.first)), untilStopped()]);
const urls = servers.map((server) => server.url);
process.stdout.write(`${JSON.stringify({ ready: true, url: urls[0], urls })}\n`);
await untilStopped();
await Promise.all(renewals.map((renewal) => renewal.ended));
await Promise.all(servers.map((server) => server.stop()));
process.exit(0);

interface Renewal {
  readonly first: Promise<void>;
  readonly ended: Promise<void>;
}

/** Registers a worker with a coordinator again and again; takes it off the list at the end. */
function keepRegistered(server: ShardServer, client: SluiceClient): Renewal {
  const first = Promise.withResolvers<void>();
  const ended = (async () => {
    while (!stopped.signal.aborted) {
      let waitMs = 200;
      try {
        const lease = await client.registerWorker(registration(server));
        waitMs = lease.renewEveryMs;
        first.resolve();
      } catch {
        // A coordinator that is away is asked again.
      }
      await Promise.race([Bun.sleep(waitMs), untilStopped()]);
    }
    await client.unregisterWorker(server.workerId).catch(() => undefined);
  })();
  return { first: first.promise, ended };
}

function registration(server: ShardServer): WorkerRegistration {
  return {
    protocol: PROTOCOL_VERSION,
    workerId: server.workerId,
    address: server.url,
    slots: server.slots,
    busySlots: server.busy,
    engineVersion: values["engine-version"],
    classifiers: ["rules@synthetic", ...labellers.map(({ classifier }) => classifier)],
    labellers,
    host: "synthetic",
    pid: process.pid,
    dispatchToken: server.dispatchToken,
  };
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.signal.aborted) resolve();
    stopped.signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function endOfStdin(): Promise<void> {
  for await (const _ of Bun.stdin.stream());
}

function readTexts(): DocumentTexts {
  const pages = values.pages === undefined ? null : number("--pages", values.pages);
  if (values.texts === undefined) return inventTexts(pages ?? 13, number("--page-bytes", values["page-bytes"]));
  const texts = JSON.parse(readFileSync(values.texts, "utf8")) as DocumentTexts;
  return pages === null ? texts : regroup(texts, pages);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        coordinator: { type: "string", multiple: true },
        token: { type: "string" },
        workers: { type: "string", default: "1" },
        slots: { type: "string", default: "1" },
        "ms-per-document": { type: "string", default: "0" },
        texts: { type: "string" },
        pages: { type: "string" },
        "page-bytes": { type: "string", default: "1900" },
        "label-slots": { type: "string" },
        "engine-version": { type: "string", default: "synthetic-1" },
      },
    });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

function number(option: string, text: string): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : usage(`${option} needs a whole number above 0, not ${text}`);
}

function usage(fault: string): never {
  process.stderr.write(`${fault}\n\n${USAGE}\n`);
  process.exit(2);
}
