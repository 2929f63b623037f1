import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { startPostgres } from "@sluice/launcher";
import { Glob } from "bun";
import { quantile } from "../metrics/quantiles.ts";
import { readPageTexts } from "./read-page-texts.ts";
import { type CpuByRole, openSyntheticStand, processItems, syntheticItems, usedBetween } from "./synthetic-stand.ts";

export interface SearchStoring {
  /** Whether the coordinator had `pages` to make searchable meanwhile. */
  indexing: boolean;
  rowsPerSecond: number;
  cpuSeconds: CpuByRole;
  rows: number;
}

export interface SearchReport {
  suite: "search";
  folder: string;
  pages: number;
  storing: SearchStoring[];
  indexing: { pages: number; seconds: number; cpuSeconds: CpuByRole; bytesAPage: number };
  queries: { words: string; hits: number; exhaustive: boolean; p50Ms: number; p95Ms: number }[];
}

const QUERIES = ["configuration", '"package manager"', "the", "kernel -linux", "policy OR licence", "qwertyuiop"];
const REPEATS = 20;
const WARM_UP_DOCUMENTS = 500;

/**
 * What making pages searchable costs by itself, what it costs those who store meanwhile, and how long queries take on
 * `pages` pages of real text.
 */
export async function benchSearch(options: { folder: string; pages: number; rounds: number }): Promise<SearchReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-search-"));
  const postgres = await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true });
  try {
    const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
    const texts = readPageTexts(files);
    const textFile = join(scratch, "texts.json");
    writeFileSync(textFile, JSON.stringify(texts));
    const documents = Math.ceil((options.pages * texts.length) / texts.flat().length);
    const storing: SearchStoring[] = [];
    const measureStoring = async (stand: Awaited<ReturnType<typeof openSyntheticStand>>, indexing: boolean) => {
      await using stack = new AsyncDisposableStack();
      const worker = await stand.startWorker({ slots: 4, texts: textFile });
      stack.defer(() => worker.stop());
      await processItems(stand.client, syntheticItems(WARM_UP_DOCUMENTS, "warm-up"));
      for (let round = 0; round < options.rounds; round += 1) {
        const before = stand.cpu();
        const startedAt = performance.now();
        const { pages } = await processItems(stand.client, syntheticItems(documents, `round-${round}`));
        const seconds = (performance.now() - startedAt) / 1_000;
        storing.push({
          indexing,
          rowsPerSecond: pages / seconds,
          cpuSeconds: usedBetween(before, stand.cpu()),
          rows: pages,
        });
      }
    };
    {
      await using plain = await openSyntheticStand(postgres.databaseUrl);
      await measureStoring(plain, false);
    }
    await using stand = await openSyntheticStand(postgres.databaseUrl, { searchIndex: true });
    await measureStoring(stand, true);
    const [{ left } = { left: 0 }]: { left: number }[] =
      await stand.sql`select (select count(*) from pages)::int - (select count(*) from search_pages)::int as left`;
    const before = stand.cpu();
    const startedAt = performance.now();
    await untilSearchable(stand.client);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpuSeconds = usedBetween(before, stand.cpu());
    const [{ bytes } = { bytes: 0 }]: { bytes: number }[] = await stand.sql`
      select (pg_total_relation_size('search_pages') / greatest(1, (select count(*) from search_pages)))::float8 as bytes`;
    const queries: SearchReport["queries"] = [];
    for (const words of QUERIES) queries.push(await measureQuery(stand.client, words));
    const [{ pages } = { pages: 0 }]: { pages: number }[] =
      await stand.sql`select count(*)::int as pages from search_pages`;
    return {
      suite: "search",
      folder: basename(options.folder),
      pages,
      storing,
      indexing: { pages: left, seconds, cpuSeconds, bytesAPage: bytes },
      queries,
    };
  } finally {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function ask(client: SluiceClient, words: string) {
  for await (const found of client.search(words, { limit: 10 })) return found;
  throw new Error("a search without an answer");
}

async function untilSearchable(client: SluiceClient): Promise<void> {
  for (;;) {
    const { searchable } = await ask(client, "qwertyuiop");
    if (searchable.items >= searchable.of) return;
    await Bun.sleep(250);
  }
}

async function measureQuery(client: SluiceClient, words: string): Promise<SearchReport["queries"][number]> {
  const waits: number[] = [];
  let found = await ask(client, words);
  for (let time = 0; time < REPEATS; time += 1) {
    const at = performance.now();
    found = await ask(client, words);
    waits.push(performance.now() - at);
  }
  waits.sort((left, right) => left - right);
  return {
    words,
    hits: found.hits.length,
    exhaustive: found.exhaustive,
    p50Ms: quantile(waits, 0.5) ?? 0,
    p95Ms: quantile(waits, 0.95) ?? 0,
  };
}
