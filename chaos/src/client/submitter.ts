/**
 * A client as a process of its own, to be killed at any moment: opens a batch, hands its items in and seals it, going on
 * where an earlier process of the same job was killed. `bun submitter.ts JOB.json`.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { ApiError, pause, SluiceClient } from "@sluice/client";
import { type JournalLine, jobSchema } from "./job.ts";
import { readJournal } from "./read-journal.ts";
import { sendInPieces } from "./send-in-pieces.ts";

/** A coordinator that does not answer is left for the next one. */
const TIMEOUT_MS = 8_000;
const REST_MS = 250;

// Whoever started it has died: nobody waits for it any more.
void Bun.stdin.text().then(() => process.exit(1));

const job = jobSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
const clients = job.urls.map((baseUrl) => new SluiceClient({ baseUrl, token: job.token, timeoutMs: TIMEOUT_MS }));
let turn = 0;

const opened = readJournal(job.journal).find((line) => "opened" in line)?.opened;
const batchId = opened ?? (await persist(findOrOpen));
if (opened === undefined) note({ opened: batchId });
const end = await persist(handIn);
note(end);
process.exit(0);

/** Asks coordinator after coordinator until one does it. */
async function persist<Value>(act: (client: SluiceClient) => Promise<Value>): Promise<Value> {
  for (;;) {
    const client = clients[turn % clients.length];
    if (client === undefined) throw new Error("there is no coordinator to ask");
    try {
      return await act(client);
    } catch (error) {
      if (!canPass(error)) throw error;
      turn += 1;
      await pause(REST_MS);
    }
  }
}

function canPass(error: unknown): boolean {
  if (error instanceof DOMException && error.name === "TimeoutError") return true;
  if (!(error instanceof ApiError)) return false;
  // No worker has found the LLM yet.
  if (error.code === "NO_CLASSIFIER") return true;
  return error.retryable || error.status >= 500 || error.code === "DISK_FULL";
}

/** By one of the two ways that a client has: finding what it has opened, or naming its request. */
async function findOrOpen(client: SluiceClient): Promise<string> {
  if (job.carrier !== "files") {
    const sources = job.carrier === "bucket" ? { sources: job.sources } : {};
    const request = { name: job.name, options: job.options, ...sources };
    return (await client.openBatch(request, { idempotencyKey: job.name })).batch.batchId;
  }
  const earlier = (await client.listBatches({ state: "open", limit: 100 })).find(({ name }) => name === job.name);
  if (earlier !== undefined) return earlier.batchId;
  const { name, options } = job;
  return (await client.openBatch({ name, options, submissionKey: name, supersede: true })).batch.batchId;
}

async function handIn(client: SluiceClient): Promise<JournalLine> {
  try {
    // It seals itself.
    if (job.carrier === "bucket") return { sealed: (await client.getBatch(batchId)).items };
    let { items: at } = await client.getBatch(batchId);
    while (at < job.items.length) {
      const items = job.items.slice(at, at + job.chunk);
      if (job.carrier === "uploads") for (const { ordinal } of items) await send(client, ordinal);
      const { nextOrdinal } = await client.appendItems(batchId, items);
      at = nextOrdinal;
      await pause(job.restMs);
    }
    await client.sealBatch(batchId, job.items.length);
    return { sealed: job.items.length };
  } catch (error) {
    // Somebody has deleted it.
    if (error instanceof ApiError && error.code === "NOT_FOUND") return { refused: error.code };
    const over = error instanceof ApiError && (error.code === "BATCH_NOT_OPEN" || error.code === "CONFLICT");
    if (!over) throw error;
    const state = await stateOf(client);
    if (state === "done" || state === "sealed") return { sealed: job.items.length };
    if (state === "cancelled") return { refused: error.code };
    throw error;
  }
}

async function stateOf(client: SluiceClient): Promise<string> {
  try {
    return (await client.getBatch(batchId)).state;
  } catch (error) {
    if (error instanceof ApiError && error.code === "NOT_FOUND") return "cancelled";
    throw error;
  }
}

/** Uploads what an item stands for, which must get the name that the item has. */
async function send(client: SluiceClient, ordinal: number): Promise<void> {
  const path = job.files[ordinal];
  const uri = job.items[ordinal]?.uri;
  if (path === undefined || uri === undefined) throw new Error(`there is no item ${ordinal}`);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const inPieces = job.piecesEvery > 0 && ordinal % job.piecesEvery === 0;
  const begun = readJournal(job.journal).find((line) => "begun" in line && line.ordinal === ordinal);
  const kept = inPieces
    ? await sendInPieces({
        baseUrl: client.baseUrl,
        token: job.token,
        path,
        begun: begun !== undefined && "begun" in begun ? begun.begun : null,
        onBegun: (id) => note({ begun: id, ordinal }),
        signal,
      })
    : await client.upload(path, { signal });
  if (kept.uri !== uri) throw new Error(`${path} became ${kept.uri} instead of ${uri}`);
}

function note(line: JournalLine): void {
  appendFileSync(job.journal, `${JSON.stringify(line)}\n`);
}
