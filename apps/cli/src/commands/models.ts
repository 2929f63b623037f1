import { formatQuantity } from "@sluice/client";
import type { ModelsFlags } from "../arguments/model-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";
import { resolveModel } from "../training/resolve-model.ts";

/** `models`: trained models that the server has. */
export async function models(flags: ModelsFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  if (flags.delete !== undefined) await client.deleteModel(await resolveModel(client, flags.delete));
  const found = await client.listModels();
  if (flags.json === true) {
    await printJson({ models: found });
    return EXIT.ok;
  }
  const columns = [
    { title: "model" },
    { title: "name", shrinkTo: 12 },
    { title: "documents", align: "right" },
    { title: "categories", align: "right" },
    { title: "right", align: "right" },
    { title: "trained" },
  ] as const;
  const rows = found.map(({ model, name, labels, card, createdAt }) => [
    model.slice(0, 12),
    safeText(name ?? ""),
    String(card.rows),
    String(labels.length),
    `${(100 * card.accuracy.value).toFixed(1)} %`,
    createdAt.slice(0, 16).replace("T", " "),
  ]);
  const told = found.length === 0 ? [formatQuantity(0, "model")] : formatTable(columns, rows, context.stdout.width());
  await printStdout(`${told.join("\n")}\n`);
  return EXIT.ok;
}
