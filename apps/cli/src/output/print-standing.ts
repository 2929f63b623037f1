import type { BatchStatus } from "@sluice/contracts";
import { formatStatusLine, stateOf } from "./format-progress.ts";
import { printJson, printStdout } from "./stdout.ts";

/** How a batch stands after a command has changed it. `facts` are what else the command has to say, by name. */
export async function printStanding(
  batch: BatchStatus,
  flags: { readonly json?: true | undefined },
  facts: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  if (flags.json === true) await printJson({ batch, ...facts });
  else {
    const told = Object.entries(facts).map(([name, value]) => `, ${name} ${value}`);
    await printStdout(`batch ${batch.batchId} ${stateOf(batch)}: ${formatStatusLine(batch)}${told.join("")}\n`);
  }
}
