import { basename } from "node:path";
import type { EngineName } from "../engines/engine.ts";
import type { EngineRun } from "./engine-process.ts";

export interface EngineFigures {
  name: EngineName;
  version: string;
  documents: number;
  failed: number;
  pages: number;
  /** User + system, around the extraction alone. */
  cpuSeconds: number;
  wallSeconds: number;
  pagesPerCpuSecond: number;
  /** Wall time of a page, which is its document's over its pages; every page counts once. */
  msPerPage: { p50: number; p99: number; max: number };
  peakRssBytes: number;
  failures: { document: string; reason: string }[];
}

export function summarise({ engine, version, rows }: EngineRun, files: readonly string[]): EngineFigures {
  const sum = (pick: (row: EngineRun["rows"][number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const pages = sum((row) => row.pages);
  const cpuSeconds = sum((row) => row.cpuMs) / 1000;
  const perPage = rows
    .flatMap((row) => Array.from({ length: row.pages }, () => row.wallMs / row.pages))
    .sort((left, right) => left - right);
  const failures = rows.flatMap((row) =>
    row.error === undefined ? [] : [{ document: basename(files[row.index] ?? ""), reason: oneLine(row.error) }],
  );
  return {
    name: engine,
    version,
    documents: rows.length,
    failed: failures.length,
    pages,
    cpuSeconds,
    wallSeconds: sum((row) => row.wallMs) / 1000,
    pagesPerCpuSecond: cpuSeconds > 0 ? pages / cpuSeconds : 0,
    msPerPage: { p50: quantile(perPage, 0.5), p99: quantile(perPage, 0.99), max: perPage.at(-1) ?? 0 },
    peakRssBytes: Math.max(0, ...rows.map((row) => row.peakRssBytes)),
    failures,
  };
}

/** The smallest value that at least this share of all do not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function oneLine(reason: string): string {
  return reason.replace(/\s+/g, " ").trim().slice(0, 200);
}
