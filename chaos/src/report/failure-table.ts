import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

export interface FailureRow {
  /** As in the table of ARCHITECTURE.md. */
  readonly dies: string;
  /** What the table says of when work goes on, and what that is in seconds. */
  readonly promised: string;
  readonly promisedSeconds: number;
  readonly measuredSeconds: number;
  /** From what to what. */
  readonly measured: string;
}

/** What a machine that is busy with other things may add to every row. */
const SLACK_SECONDS = 10;

/** The rows of the failure table as they were met. */
export class FailureTable {
  readonly #network: string;
  readonly #rows: FailureRow[] = [];
  readonly #gaps: readonly (readonly [string, string])[];

  constructor(network: string, gaps: readonly (readonly [string, string])[]) {
    this.#network = network;
    this.#gaps = gaps;
  }

  /** Takes a row down; throws when it took longer than promised, the machine's share included. */
  add(row: FailureRow): void {
    this.#rows.push({ ...row, measuredSeconds: Math.round(row.measuredSeconds * 100) / 100 });
    if (row.measuredSeconds > row.promisedSeconds + SLACK_SECONDS) {
      throw new Error(`${row.dies}: ${row.measuredSeconds} s instead of ${row.promised} (${row.measured})`);
    }
  }

  write(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    const report = { network: this.#network, machine, rows: this.#rows, gaps: this.#gaps };
    writeFileSync(join(folder, "failure-table.json"), `${JSON.stringify(report, null, 2)}\n`);
    const lines = [
      "# The failure table, measured",
      "",
      `By \`chaos/test/failure-table.test.ts\` on ${this.#network}; ${machine}.`,
      "",
      "| what dies | work goes on | measured | from what to what |",
      "| --- | --- | --- | --- |",
      ...this.#rows.map((row) => `| ${row.dies} | ${row.promised} | ${row.measuredSeconds} s | ${row.measured} |`),
      "",
      "Not measured here:",
      "",
      ...this.#gaps.map(([row, where]) => `- ${row}: ${where}`),
      "",
    ];
    writeFileSync(join(folder, "failure-table.md"), lines.join("\n"));
  }
}
