import { describe, expect, test } from "bun:test";
import { meanQuality } from "../metrics/mean-quality.ts";
import { textQuality } from "../metrics/text-quality.ts";
import type { EngineResult, ExtractReport } from "../suites/extract.ts";
import { extractMarkdown } from "./extract-markdown.ts";
import { extractPlots } from "./extract-plots.ts";

const machine = {
  cpu: "Test CPU",
  cores: 4,
  memoryGb: 16,
  platform: "linux-x64",
  bun: "1.4.5",
  commit: "abc1234",
  date: "2026-11-24",
};

function engine(name: EngineResult["name"], pagesPerCpuSecond: number, found: string | null): EngineResult {
  return {
    name,
    version: "1.0",
    documents: 2,
    failed: 0,
    pages: 10,
    cpuSeconds: 10 / pagesPerCpuSecond,
    wallSeconds: 1,
    pagesPerCpuSecond,
    msPerPage: { p50: 1, p99: 2, max: 3 },
    peakRssBytes: 50 * 2 ** 20,
    failures: [],
    rounds: [pagesPerCpuSecond],
    quality:
      found === null
        ? null
        : meanQuality([{ document: "udhr_eng__chromium", ...textQuality("one two three four", found) }]),
  };
}

function report(engines: EngineResult[]): ExtractReport {
  return {
    suite: "extract",
    folder: "bench",
    documents: 2,
    repeat: 1,
    documentTimeoutMs: 60_000,
    engines,
    unavailable: [{ name: "liteparse", reason: "could not be installed: offline" }],
    thinner: [],
  };
}

describe("extractMarkdown", () => {
  const markdown = extractMarkdown(
    report([
      engine("pypdfium2", 500, "one two three"),
      {
        ...engine("native", 4000, "one two three four"),
        failed: 1,
        failures: [{ document: "x.pdf", reason: "NOT_A_PDF: a | b" }],
      },
    ]),
    machine,
  );

  test("the fastest comes first, with its ratio to the baseline", () => {
    expect(markdown).toMatch(/\| native 1\.0 \| 4000 \| 8\.00× \|.*\n\| pypdfium2 1\.0 \| 500 \| 1\.00× \|/);
  });

  test("scores come by engine and by group", () => {
    expect(markdown).toContain("| native | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |");
    expect(markdown).toContain("| pypdfium2 | 0.857 / 0.857 |");
  });

  test("a reason cannot break its table, and what could not run is named", () => {
    expect(markdown).toContain("| native | x.pdf | NOT_A_PDF: a \\| b |");
    expect(markdown).toContain("Not measured: liteparse (could not be installed: offline)");
  });
});

describe("extractPlots", () => {
  test("quality is drawn only where it was judged", () => {
    expect(Object.keys(extractPlots(report([engine("native", 4000, null)]), machine))).toEqual([
      "speed.svg",
      "memory.svg",
    ]);
    const plots = extractPlots(report([engine("native", 4000, "one two"), engine("pdfjs", 100, "one")]), machine);
    expect(Object.keys(plots).sort()).toEqual(["memory.svg", "quality.svg", "speed-quality.svg", "speed.svg"]);
    for (const svg of Object.values(plots)) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
