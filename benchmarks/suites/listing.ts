import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileUri, formatSource } from "@sluice/contracts";
import { startPostgres } from "@sluice/launcher";
import { s3ServerMissing, startS3Server } from "@sluice/testkit";
import { type CpuByRole, openSyntheticStand, type SyntheticStand, usedBetween } from "./synthetic-stand.ts";

export interface ListingRound {
  /** From the request that opens the batch to its seal. */
  readonly seconds: number;
  readonly cpuSeconds: CpuByRole;
  /** The most during the listing. */
  readonly coordinatorRssMb: number;
  /** For the status of the batch, asked for all the while. */
  readonly longestStatusMs: number;
}

export interface ListingVariant {
  readonly source: "folder" | "S3 prefix";
  readonly items: number;
  readonly rounds: ListingRound[];
}

export interface ListingReport {
  readonly suite: "listing";
  readonly repeats: number;
  readonly variants: readonly ListingVariant[];
  /** Why there is no S3 server on this machine; null where there was one. */
  readonly s3Missing: string | null;
}

const FILES_A_FOLDER = 1_000;
const ASK_STATUS_EVERY_MS = 50;

/**
 * Batches whose items the coordinator finds itself: in a folder of `files`, and below an S3 prefix of `objects` on a server of this
 * machine, in turns. Nobody reads them.
 */
export async function benchListing(options: {
  files: number;
  objects: number;
  repeats: number;
}): Promise<ListingReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-listing-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(scratch, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true });
  stack.defer(() => postgres.stop());
  const s3Missing = s3ServerMissing();
  const s3 = s3Missing === null ? stack.use(await startS3Server()) : null;
  const folder = join(scratch, "files");
  writeFiles(folder, options.files);
  s3?.place(names(options.objects, "set"));
  await using stand = await openSyntheticStand(postgres.databaseUrl, {
    environment: { SLUICE_FILE_ROOTS: folder, ...s3?.environment },
  });
  // A batch gets its build from a worker that is there.
  await (await stand.startWorker({ slots: 1, pages: 1 })).stop();
  const uris = {
    folder: fileUri(Buffer.from(folder)),
    "S3 prefix": formatSource({ scheme: "s3", bucket: "papers", key: "set/" }),
  };
  const variants: ListingVariant[] = [{ source: "folder", items: options.files, rounds: [] }];
  if (s3 !== null) variants.push({ source: "S3 prefix", items: options.objects, rounds: [] });
  for (let round = 0; round < options.repeats; round += 1) {
    for (const { source, items, rounds } of variants) rounds.push(await measure(stand, uris[source], items));
  }
  return { suite: "listing", repeats: options.repeats, variants, s3Missing };
}

async function measure(stand: SyntheticStand, source: string, items: number): Promise<ListingRound> {
  const { client } = stand;
  stand.forgetCoordinatorPeak();
  const before = stand.cpu();
  const startedAt = performance.now();
  const { batch } = await client.openBatch({ sources: [source] });
  let longestStatusMs = 0;
  let status = batch;
  while (status.state === "open") {
    await Bun.sleep(ASK_STATUS_EVERY_MS);
    const askedAt = performance.now();
    status = await client.getBatch(batch.batchId);
    longestStatusMs = Math.max(longestStatusMs, performance.now() - askedAt);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = usedBetween(before, stand.cpu());
  if (status.items !== items)
    throw new Error(`${status.items} of ${items} were listed: ${JSON.stringify(status.listing)}`);
  await client.cancelBatch(batch.batchId);
  return { seconds, cpuSeconds, coordinatorRssMb: stand.coordinatorRssMb(), longestStatusMs };
}

function* names(count: number, folder: string): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    const part = String(Math.floor(index / FILES_A_FOLDER)).padStart(4, "0");
    yield join(folder, part, `${String(index).padStart(8, "0")}.pdf`);
  }
}

function writeFiles(folder: string, count: number): void {
  mkdirSync(folder);
  let made = "";
  for (const path of names(count, folder)) {
    const parent = join(path, "..");
    if (parent !== made) mkdirSync((made = parent), { recursive: true });
    writeFileSync(path, "listed");
  }
}
