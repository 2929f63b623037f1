import type { ListingReport } from "../suites/listing.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What it costs that the coordinator finds a batch's items itself. */
export function listingMarkdown({ variants, s3Missing }: ListingReport, machine: Machine): string {
  return [
    "# Listing of sources by the coordinator",
    "",
    `${describeMachine(machine)}; embedded PostgreSQL, the S3 server and the client on the same machine.`,
    "",
    row([
      "source",
      "items",
      "items/s",
      "coordinator, CPU µs an item",
      "PostgreSQL",
      "peak memory, MB",
      "longest status, ms",
    ]),
    row(["---", ...Array.from({ length: 6 }, () => "--:")]),
    ...variants.flatMap(({ source, items, rounds }) =>
      rounds.map(({ seconds, cpuSeconds, coordinatorRssMb, longestStatusMs }) =>
        row([
          source,
          items.toLocaleString("en"),
          (items / seconds).toFixed(0),
          ((cpuSeconds.coordinator / items) * 1e6).toFixed(1),
          ((cpuSeconds.postgres / items) * 1e6).toFixed(1),
          coordinatorRssMb.toFixed(0),
          longestStatusMs.toFixed(0),
        ]),
      ),
    ),
    ...(s3Missing === null ? [] : ["", `Without an S3 server: ${s3Missing}`]),
    "",
  ].join("\n");
}
