import { barChart, scatterChart } from "@sluice/plots";
import type { EngineResult, ExtractReport } from "../suites/extract.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

const OWN = "native";

/** SVG pictures of a report by file name; those of quality only where there was something to judge by. */
export function extractPlots(report: ExtractReport, machine: Machine): Record<string, string> {
  const subtitle = `${report.documents} documents of ${report.folder}; ${describeMachine(machine)}`;
  const judged = report.engines.flatMap((engine) =>
    engine.quality === null ? [] : [{ ...engine, quality: engine.quality }],
  );
  const plots: Record<string, string> = {
    "speed.svg": barChart({
      title: "Pages a CPU-second (more is better)",
      subtitle,
      bars: bars(
        report.engines,
        (engine) => engine.pagesPerCpuSecond,
        "most",
        (value) => rounded(value),
      ),
    }),
    "memory.svg": barChart({
      title: "Largest resident memory in MB (less is better)",
      subtitle,
      bars: bars(
        report.engines.filter(({ peakRssBytes }) => peakRssBytes > 0),
        (engine) => engine.peakRssBytes / 2 ** 20,
        "least",
        (value) => rounded(value),
      ),
    }),
  };
  if (judged.length === 0) return plots;
  return {
    ...plots,
    "quality.svg": barChart({
      title: "Words not found or made up, 1 - F1 (less is better)",
      subtitle,
      bars: bars(
        judged,
        (engine) => 1 - engine.quality.all.f1,
        "least",
        (value) => value.toFixed(3),
      ),
    }),
    "speed-quality.svg": scatterChart({
      title: "Speed against quality (up and right is better)",
      subtitle,
      xLabel: "pages a CPU-second, logarithmic",
      yLabel: "word order: 1 is the true text",
      dots: judged.map((engine) => ({
        label: engine.name,
        x: engine.pagesPerCpuSecond,
        y: engine.quality.all.order,
        highlighted: engine.name === OWN,
      })),
    }),
  };
}

function bars<T extends EngineResult>(
  engines: readonly T[],
  valueOf: (engine: T) => number,
  first: "most" | "least",
  write: (value: number) => string,
) {
  const sign = first === "most" ? -1 : 1;
  return engines
    .map((engine) => ({ label: engine.name, value: valueOf(engine), highlighted: engine.name === OWN }))
    .sort((left, right) => sign * (left.value - right.value))
    .map((bar) => ({ ...bar, caption: write(bar.value) }));
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString("en");
}
