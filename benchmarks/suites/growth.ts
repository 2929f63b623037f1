import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@sluice/launcher";
import {
  type CpuByRole,
  openSyntheticStand,
  processItems,
  type SyntheticStand,
  syntheticItems,
  usedBetween,
} from "./synthetic-stand.ts";

/** CPU seconds of a stretch of work, and of how much. */
export type Stretch = CpuByRole & { readonly count: number; readonly seconds: number };

export interface GrowthRound {
  readonly queued: number;
  readonly filling: Stretch;
  /** More items handed in, with `queued` there already. */
  readonly intake: Stretch;
  /** What all of them leave to the server: vacuum, statistics, a checkpoint. */
  readonly upkeep: Stretch;
  /** Documents read and stored, with `queued` or more behind them. */
  readonly processing: Stretch;
}

export interface GrowthLevel {
  readonly queued: number;
  /** CPU microseconds of coordinator and PostgreSQL; of the rounds, the least of each. */
  readonly fillingPerItem: number;
  readonly upkeepPerItem: number;
  readonly intakePerItem: number;
  readonly processingPerDocument: number;
  readonly rounds: readonly GrowthRound[];
}

export interface GrowthReport {
  readonly suite: "growth";
  readonly documents: number;
  readonly pages: number;
  readonly repeats: number;
  readonly levels: readonly GrowthLevel[];
  /** The dearest level over the cheapest one. */
  readonly intakeRatio: number;
  readonly processingRatio: number;
}

const CHUNK_ITEMS = 10_000;
// Compiled code and full caches, before anything is measured.
const WARM_UP_DOCUMENTS = 20_000;
// Until every slot is at work again.
const FIRST_DOCUMENTS = 1_000;
const SLOTS = 4;
const LOOK_EVERY_MS = 10;

/**
 * What a document costs while more or fewer wait behind it: `queued` items are handed in, and `documents` more, of which the
 * latter are then read, by synthetic workers. Each number of items has a new database in each round; they take turns.
 */
export async function benchGrowth(options: {
  queued: readonly number[];
  documents: number;
  /** Of one document. Few: the cost of pages, which no queue changes, would hide the rest. */
  pages: number;
  repeats: number;
  /** A PostgreSQL on this machine to measure on; null: the embedded one. */
  databaseUrl: string | null;
}): Promise<GrowthReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-growth-"));
  const postgres =
    options.databaseUrl === null ? await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true }) : null;
  try {
    const rounds: GrowthRound[] = [];
    for (let round = 0; round < options.repeats; round += 1) {
      for (const queued of options.queued) {
        await using stand = await openSyntheticStand(postgres?.databaseUrl ?? options.databaseUrl ?? "");
        rounds.push(await runLevel(stand, queued, options));
      }
    }
    const levels = options.queued.map((queued): GrowthLevel => {
      const own = rounds.filter((round) => round.queued === queued);
      const least = (stretch: (round: GrowthRound) => Stretch) =>
        Math.min(...own.map((round) => perUnit(stretch(round))));
      return {
        queued,
        fillingPerItem: least(({ filling }) => filling),
        upkeepPerItem: least(({ upkeep }) => upkeep),
        intakePerItem: least(({ intake }) => intake),
        processingPerDocument: least(({ processing }) => processing),
        rounds: own,
      };
    });
    return {
      suite: "growth",
      documents: options.documents,
      pages: options.pages,
      repeats: options.repeats,
      levels,
      intakeRatio: spread(levels.map((level) => level.intakePerItem)),
      processingRatio: spread(levels.map((level) => level.processingPerDocument)),
    };
  } finally {
    await postgres?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** CPU microseconds of those whose cost a queue could raise. */
function perUnit({ coordinator, postgres, count }: Stretch): number {
  return ((coordinator + postgres) / count) * 1e6;
}

async function runLevel(
  stand: SyntheticStand,
  queued: number,
  { documents, pages }: { documents: number; pages: number },
): Promise<GrowthRound> {
  const first = await stand.startWorker({ slots: SLOTS, pages });
  await processItems(stand.client, syntheticItems(WARM_UP_DOCUMENTS, "warm-up"));
  // A batch gets its build from a worker that is there; what is handed in waits when it has gone.
  const { batch } = await stand.client.openBatch();
  await first.stop();
  const handIn = async (from: number, count: number) => {
    for (let at = from; at < from + count; at += CHUNK_ITEMS) {
      const items = syntheticItems(Math.min(CHUNK_ITEMS, from + count - at), "queued", at);
      await stand.client.appendItems(batch.batchId, items);
    }
    return count;
  };
  const filling = await measure(stand, () => handIn(0, queued));
  const intake = await measure(stand, () => handIn(queued, documents + FIRST_DOCUMENTS));
  // It comes sooner or later, and would fall into what is measured at one level and not at the other.
  const upkeep = await measure(stand, async () => {
    await stand.sql`vacuum analyze`;
    await stand.sql`checkpoint`;
    return filling.count + intake.count;
  });
  const worker = await stand.startWorker({ slots: SLOTS, pages });
  await until(async () => (await worker.documents()) >= FIRST_DOCUMENTS);
  const processing = await measure(stand, async () => {
    const from = await worker.documents();
    let to = from;
    await until(async () => (to = await worker.documents()) >= from + documents);
    return to - from;
  });
  await worker.stop();
  return { queued, filling, intake, upkeep, processing };
}

async function measure(stand: SyntheticStand, work: () => Promise<number>): Promise<Stretch> {
  const before = stand.cpu();
  const startedAt = performance.now();
  const count = await work();
  return { count, seconds: (performance.now() - startedAt) / 1_000, ...usedBetween(before, stand.cpu()) };
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await Bun.sleep(LOOK_EVERY_MS);
}

function spread(costs: readonly number[]): number {
  return Math.max(...costs) / Math.min(...costs);
}
