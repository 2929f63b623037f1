import type { SearchReport } from "../suites/search.ts";
import { total } from "../suites/store.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What the search index costs, and how long queries take. */
export function searchMarkdown(report: SearchReport, machine: Machine): string {
  const { pages, folder, storing, indexing, queries } = report;
  const micros = (seconds: number, rows: number) => ((seconds / rows) * 1e6).toFixed(1);
  return [
    `# Search over ${pages} pages, texts of \`${folder}\``,
    "",
    `${describeMachine(machine)}; coordinator, PostgreSQL and client on this machine.`,
    "",
    `Making ${indexing.pages} pages searchable with nothing else to do: ${indexing.seconds.toFixed(1)} s, ${(indexing.pages / indexing.seconds).toFixed(0)} pages/s; CPU µs a page: coordinator ${micros(indexing.cpuSeconds.coordinator, indexing.pages)}, PostgreSQL ${micros(indexing.cpuSeconds.postgres, indexing.pages)}; ${indexing.bytesAPage.toFixed(0)} bytes a page with its indexes.`,
    "",
    row(["storing, batch after batch", "rows/s", "CPU µs a row", "coordinator", "postgres"]),
    row(["---", "--:", "--:", "--:", "--:"]),
    ...storing.map(({ indexing: beside, rowsPerSecond, cpuSeconds, rows }) =>
      row([
        beside ? "with the index made beside it" : "without",
        rowsPerSecond.toFixed(0),
        micros(total(cpuSeconds), rows),
        micros(cpuSeconds.coordinator, rows),
        micros(cpuSeconds.postgres, rows),
      ]),
    ),
    "",
    row(["query", "hits shown", "all compared", "p50 ms", "p95 ms"]),
    row(["---", "--:", "---", "--:", "--:"]),
    ...queries.map(({ words, hits, exhaustive, p50Ms, p95Ms }) =>
      row([`\`${words}\``, String(hits), exhaustive ? "yes" : "no", p50Ms.toFixed(1), p95Ms.toFixed(1)]),
    ),
    "",
  ].join("\n");
}
