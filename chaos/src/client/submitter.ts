/**
 * A client as a process of its own, to be killed at any moment: opens a batch, hands its items in and seals it, going on
 * where an earlier process of the same job was killed. `bun submitter.ts JOB.json`.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { ApiError, pause, SluiceClient } from "@sluice/client";
import { type JournalLine, jobSchema } from "./job.ts";
import { readJournal } from "./read-journal.ts";

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
      if (!(error instanceof ApiError) || !canPass(error)) throw error;
      turn += 1;
      await pause(REST_MS);
    }
  }
}

function canPass(error: ApiError): boolean {
  return error.retryable || error.status >= 500 || error.code === "DISK_FULL";
}

async function findOrOpen(client: SluiceClient): Promise<string> {
  const earlier = (await client.listBatches({ state: "open", limit: 100 })).find(({ name }) => name === job.name);
  if (earlier !== undefined) return earlier.batchId;
  const { name, options } = job;
  return (await client.openBatch({ name, options, submissionKey: name, supersede: true })).batch.batchId;
}

async function handIn(client: SluiceClient): Promise<JournalLine> {
  try {
    let { items: at } = await client.getBatch(batchId);
    while (at < job.items.length) {
      const { nextOrdinal } = await client.appendItems(batchId, job.items.slice(at, at + job.chunk));
      at = nextOrdinal;
      await pause(job.restMs);
    }
    await client.sealBatch(batchId, job.items.length);
    return { sealed: job.items.length };
  } catch (error) {
    const over = error instanceof ApiError && (error.code === "BATCH_NOT_OPEN" || error.code === "CONFLICT");
    if (!over) throw error;
    const { state } = await client.getBatch(batchId);
    if (state === "done" || state === "sealed") return { sealed: job.items.length };
    if (state === "cancelled") return { refused: error.code };
    throw error;
  }
}

function note(line: JournalLine): void {
  appendFileSync(job.journal, `${JSON.stringify(line)}\n`);
}
