import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { EXPORT_FORMATS, type ExportFormat } from "@sluice/contracts";
import { startPostgres } from "@sluice/launcher";
import { Glob } from "bun";
import { quantile } from "../metrics/quantiles.ts";
import { readPageTexts } from "./read-page-texts.ts";
import {
  type CpuByRole,
  openSyntheticStand,
  processItems,
  type SyntheticStand,
  syntheticItems,
  usedBetween,
} from "./synthetic-stand.ts";

export interface ExportRound {
  seconds: number;
  /** Of the text of pages, whatever the format makes of it. */
  textMbPerSecond: number;
  rowsPerSecond: number;
  /** Written, in bytes. */
  bytes: number;
  cpuSeconds: CpuByRole;
  /** The most during the export. */
  coordinatorRssMb: number;
  /** Of the batch's status, asked for all the while: the middle one, and one in a hundred. */
  statusMs: { p50: number; p99: number };
}

export interface ExportVariant {
  format: ExportFormat;
  rounds: ExportRound[];
}

export interface ExportReport {
  suite: "export";
  folder: string;
  pages: number;
  documents: number;
  textMb: number;
  repeats: number;
  variants: ExportVariant[];
}

const ASK_STATUS_EVERY_MS = 100;

/**
 * Exports every page of a batch of `pages` real page texts in each format, in turns: from a coordinator that has just been started
 * to a client that throws them away.
 */
export async function benchExport(options: {
  folder: string;
  pages: number;
  formats: readonly ExportFormat[];
  repeats: number;
}): Promise<ExportReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-export-"));
  const postgres = await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true });
  try {
    const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
    const texts = readPageTexts(files);
    const textFile = join(scratch, "texts.json");
    writeFileSync(textFile, JSON.stringify(texts));
    await using stand = await openSyntheticStand(postgres.databaseUrl);
    const worker = await stand.startWorker({ slots: 4, texts: textFile });
    const documents = Math.ceil((options.pages * texts.length) / texts.flat().length);
    const { batchId, pages } = await processItems(stand.client, syntheticItems(documents, "exported"));
    await worker.stop();
    await stand.sql`checkpoint`;
    await stand.replaceCoordinator();
    const [{ bytes: textBytes } = { bytes: 0 }]: { bytes: number }[] =
      await stand.sql`select sum(octet_length(text))::float8 as bytes from pages`;
    const variants: ExportVariant[] = options.formats.map((format) => ({ format, rounds: [] }));
    for (let round = 0; round < options.repeats; round += 1) {
      for (const { format, rounds } of variants)
        rounds.push(await measure(stand, { batchId, format, pages, textBytes }));
    }
    const report = { suite: "export", folder: basename(options.folder), pages, documents } as const;
    return { ...report, textMb: textBytes / 1e6, repeats: options.repeats, variants };
  } finally {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function isExportFormat(name: string): name is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === name);
}

async function measure(
  stand: SyntheticStand,
  { batchId, format, pages, textBytes }: { batchId: string; format: ExportFormat; pages: number; textBytes: number },
): Promise<ExportRound> {
  stand.forgetCoordinatorPeak();
  const asking = new AbortController();
  const asked = askStatus(stand.client, batchId, asking.signal);
  const before = stand.cpu();
  const startedAt = performance.now();
  let bytes = 0;
  for await (const chunk of stand.client.exportPages(batchId, { format })) bytes += chunk.length;
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = usedBetween(before, stand.cpu());
  asking.abort();
  const waits = (await asked).toSorted((left, right) => left - right);
  return {
    seconds,
    textMbPerSecond: textBytes / 1e6 / seconds,
    rowsPerSecond: pages / seconds,
    bytes,
    cpuSeconds,
    coordinatorRssMb: stand.coordinatorRssMb(),
    statusMs: { p50: quantile(waits, 0.5) ?? 0, p99: quantile(waits, 0.99) ?? 0 },
  };
}

async function askStatus(client: SluiceClient, batchId: string, signal: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  while (!signal.aborted) {
    const at = performance.now();
    await client.getBatch(batchId);
    waits.push(performance.now() - at);
    await Bun.sleep(ASK_STATUS_EVERY_MS);
  }
  return waits;
}
