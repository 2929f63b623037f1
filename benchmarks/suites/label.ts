import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import type { BatchStatus } from "@sluice/contracts";
import { startPostgres } from "@sluice/launcher";
import {
  type CpuByRole,
  openSyntheticStand,
  type SyntheticStand,
  syntheticItems,
  usedBetween,
} from "./synthetic-stand.ts";

export interface LabelRound extends CpuByRole {
  readonly documents: number;
  readonly seconds: number;
}

export interface LabelReport {
  readonly suite: "label";
  readonly documents: number;
  readonly pages: number;
  readonly rounds: readonly LabelRound[];
  /** Of the rounds, the least: CPU milliseconds a document. */
  readonly coordinatorMs: number;
  readonly postgresMs: number;
}

const SLOTS = 4;
const WARM_UP_DOCUMENTS = 2_000;
const WORDS_A_PAGE = 300;

/**
 * What the label stage costs beside whoever judges: documents are read and stored while nothing judges, then an LLM that answers at once
 * takes them, eight at a time; of each it is looked up whether a near-duplicate has its label. Each round has a new database.
 */
export async function benchLabel(options: {
  documents: number;
  /** Of one document: eight of them are sent, and the last. */
  pages: number;
  repeats: number;
  /** A PostgreSQL on this machine to measure on; null: the embedded one. */
  databaseUrl: string | null;
}): Promise<LabelReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-label-"));
  const postgres =
    options.databaseUrl === null ? await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true }) : null;
  try {
    const rounds: LabelRound[] = [];
    for (let round = 0; round < options.repeats; round += 1) {
      await using stand = await openSyntheticStand(postgres?.databaseUrl ?? options.databaseUrl ?? "");
      const run = (name: string, documents: number) => {
        const texts = join(scratch, `${round}-${name}.json`);
        writeTexts(texts, { documents, pages: options.pages });
        return runRound(stand, documents, { texts, pages: options.pages, folder: name });
      };
      await run("warm-up", WARM_UP_DOCUMENTS);
      rounds.push(await run("measured", options.documents));
    }
    const least = (role: "coordinator" | "postgres") =>
      Math.min(...rounds.map((round) => (round[role] / round.documents) * 1_000));
    return {
      suite: "label",
      documents: options.documents,
      pages: options.pages,
      rounds,
      coordinatorMs: least("coordinator"),
      postgresMs: least("postgres"),
    };
  } finally {
    await postgres?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Words by chance, so that no text is nearly another one, whose label it would be given. */
function writeTexts(file: string, { documents, pages }: { documents: number; pages: number }): void {
  const word = (document: number, index: number) => Bun.hash.xxHash32(`${file}/${document}/${index}`).toString(36);
  const page = (document: number, number: number) =>
    Array.from({ length: WORDS_A_PAGE }, (_, index) => word(document, number * WORDS_A_PAGE + index)).join(" ");
  const texts = Array.from({ length: documents }, (_, document) =>
    Array.from({ length: pages }, (_page, number) => page(document, number)),
  );
  writeFileSync(file, JSON.stringify(texts));
}

async function runRound(
  stand: SyntheticStand,
  documents: number,
  { texts, pages, folder }: { texts: string; pages: number; folder: string },
): Promise<LabelRound> {
  const { client } = stand;
  // A batch gets its classifier from a worker that is there, and what is to be judged waits when it has gone.
  const announcing = await stand.startWorker({ slots: SLOTS, pages, labelSlots: SLOTS });
  const { batch } = await client.openBatch({ options: { classifier: "llm", priority: "bulk" } });
  await announcing.stop();
  const reading = await stand.startWorker({ slots: SLOTS, pages, texts });
  await client.appendItems(batch.batchId, syntheticItems(documents, folder));
  await client.sealBatch(batch.batchId, documents);
  await until(client, batch.batchId, ({ extract }) => extract.pending === 0);
  await reading.stop();
  const before = stand.cpu();
  const startedAt = performance.now();
  const judging = await stand.startWorker({ slots: SLOTS, pages, labelSlots: SLOTS });
  const { classify } = await until(client, batch.batchId, ({ state }) => state === "done");
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = usedBetween(before, stand.cpu());
  await judging.stop();
  if (classify.classified !== documents) throw new Error(`${classify.classified} of ${documents} were labelled`);
  return { documents, seconds, ...used };
}

async function until(
  client: SluiceClient,
  batchId: string,
  reached: (status: BatchStatus) => boolean,
): Promise<BatchStatus> {
  for await (const status of client.watchBatch(batchId)) if (reached(status)) return status;
  return await client.getBatch(batchId);
}
