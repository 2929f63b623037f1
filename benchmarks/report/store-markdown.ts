import { ROLES } from "../suites/synthetic-stand.ts";
import { cheapestRound, type StoreReport, total } from "../suites/store.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What storing a page costs each process, and the disk, by the way its text is kept. */
export function storeMarkdown(report: StoreReport, machine: Machine): string {
  const { documents, pages, meanPageBytes, folder, repeats, slots, server } = report;
  return [
    `# Storing: ${documents} documents, ${pages} pages of ${meanPageBytes.toFixed(0)} bytes in the mean, texts of \`${folder}\``,
    "",
    `${describeMachine(machine)}; ${server}, ${slots} slots of a synthetic worker, all on this machine; of ${repeats} rounds the one that cost least, and the most rows a second of any.`,
    "",
    row([
      "text of pages",
      "rows/s",
      "rows/s that 2 cores would pay for",
      "CPU µs a row",
      ...ROLES,
      "bytes a row: pages",
      "their TOAST",
      "all tables",
      "WAL",
    ]),
    row(["---", ...Array.from({ length: 7 + ROLES.length }, () => "--:")]),
    ...report.variants.flatMap(({ storage, rounds }) => {
      const best = cheapestRound(rounds);
      if (best === undefined) return [];
      const micros = (seconds: number) => ((seconds / pages) * 1e6).toFixed(1);
      const bytes = (count: number) => (count / pages).toFixed(0);
      return row([
        storage,
        Math.max(...rounds.map((round) => round.rowsPerSecond)).toFixed(0),
        ((2 * pages) / total(best.cpuSeconds)).toFixed(0),
        micros(total(best.cpuSeconds)),
        ...ROLES.map((role) => micros(best.cpuSeconds[role])),
        bytes(best.bytes.pages),
        bytes(best.bytes.pagesToast),
        bytes(best.bytes.all),
        bytes(best.bytes.wal),
      ]);
    }),
    "",
    ...report.variants.flatMap(({ storage, unavailable }) =>
      unavailable === null ? [] : [`Not measured: ${storage} (${unavailable})`, ""],
    ),
  ].join("\n");
}
