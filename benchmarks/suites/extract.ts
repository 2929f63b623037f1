import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Glob } from "bun";
import type { EngineName } from "../engines/engine.ts";
import { type TextQuality, textQuality } from "../metrics/text-quality.ts";
import { type DocumentRow, runEngine, whyUnavailable } from "./engine-process.ts";

export interface EngineResult {
  engine: EngineName;
  version: string;
  documents: number;
  failed: number;
  pages: number;
  cpuSeconds: number;
  pagesPerCpuSecond: number;
  /** Milliseconds a page: wall time of a document over its pages. */
  msPerPage: { p50: number; p99: number };
  peakRssMb: number;
  quality: (TextQuality & { documents: number }) | null;
  failures: { file: string; error: string }[];
}

export interface ExtractReport {
  suite: "extract";
  folder: string;
  documents: number;
  repeats: number;
  engines: EngineResult[];
  unavailable: { engine: EngineName; reason: string }[];
}

/**
 * Every engine over the same files, one after the other in processes of their own, in one run. With `repeats`, the whole
 * round is run again and each engine keeps its best round, because a busy machine only ever makes things slower.
 */
export async function benchExtract(options: {
  folder: string;
  engines: readonly EngineName[];
  limit: number | null;
  repeats: number;
  documentTimeoutMs: number;
}): Promise<ExtractReport> {
  const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
  const chosen = options.limit === null ? files : files.slice(0, options.limit);
  const unavailable: ExtractReport["unavailable"] = [];
  const best = new Map<EngineName, EngineResult>();
  for (let round = 0; round < options.repeats; round += 1) {
    for (const engine of options.engines) {
      const reason = whyUnavailable(engine);
      if (reason !== null) {
        if (round === 0) unavailable.push({ engine, reason });
        continue;
      }
      const result = await measure(engine, chosen, options.documentTimeoutMs);
      process.stderr.write(`${engine}: ${result.pagesPerCpuSecond.toFixed(0)} pages/CPU-s, ${result.failed} failed\n`);
      const earlier = best.get(engine);
      if (earlier === undefined || result.pagesPerCpuSecond > earlier.pagesPerCpuSecond) best.set(engine, result);
    }
  }
  return {
    suite: "extract",
    folder: basename(options.folder),
    documents: chosen.length,
    repeats: options.repeats,
    engines: [...best.values()],
    unavailable,
  };
}

async function measure(engine: EngineName, files: readonly string[], documentTimeoutMs: number): Promise<EngineResult> {
  const textFolder = await mkdtemp(join(tmpdir(), `sluice-bench-${engine}-`));
  try {
    const { rows, version } = await runEngine({ engine, files, textFolder, documentTimeoutMs });
    return summarise(engine, version, files, rows, textFolder);
  } finally {
    await rm(textFolder, { recursive: true, force: true });
  }
}

function summarise(
  engine: EngineName,
  version: string,
  files: readonly string[],
  rows: readonly DocumentRow[],
  textFolder: string,
): EngineResult {
  const pages = rows.reduce((sum, row) => sum + row.pages, 0);
  const cpuSeconds = rows.reduce((sum, row) => sum + row.cpuMs, 0) / 1000;
  const perPage = rows.flatMap((row) => (row.pages > 0 ? [row.wallMs / row.pages] : [])).sort((a, b) => a - b);
  const failures = rows.flatMap((row) =>
    row.error === undefined ? [] : [{ file: basename(files[row.index] ?? ""), error: row.error.slice(0, 200) }],
  );
  return {
    engine,
    version,
    documents: rows.length,
    failed: failures.length,
    pages,
    cpuSeconds,
    pagesPerCpuSecond: cpuSeconds > 0 ? pages / cpuSeconds : 0,
    msPerPage: { p50: quantile(perPage, 0.5), p99: quantile(perPage, 0.99) },
    peakRssMb: Math.max(0, ...rows.map((row) => row.peakRssBytes)) / 2 ** 20,
    quality: quality(files, textFolder),
    failures,
  };
}

/** Mean quality over the documents that have their true text beside them (`X.pdf`, `X.txt`). */
function quality(files: readonly string[], textFolder: string): EngineResult["quality"] {
  const scores: TextQuality[] = [];
  for (const [index, file] of files.entries()) {
    const truth = file.replace(/\.pdf$/, ".txt");
    if (!existsSync(truth)) continue;
    const extracted = join(textFolder, `${index}.txt`);
    scores.push(textQuality(readFileSync(truth, "utf8"), existsSync(extracted) ? readFileSync(extracted, "utf8") : ""));
  }
  if (scores.length === 0) return null;
  const mean = (pick: (score: TextQuality) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  return { documents: scores.length, f1: mean((score) => score.f1), order: mean((score) => score.order) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
