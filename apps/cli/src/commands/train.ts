import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { formatCount, formatQuantity } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { readLabels } from "@sluice/evaluation";
import { businessTaxonomy } from "@sluice/taxonomy";
import type { TrainFlags } from "../arguments/model-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { checkCategories } from "../evaluation/check-categories.ts";
import { matchLabels } from "../evaluation/match-labels.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { llmLabels } from "../training/llm-labels.ts";
import { type LabelledDocument, type Trained, trainModel } from "../training/train-model.ts";

/** `train [LABELS]`: a model of documents that are stored, by the labels of a file or by those that an LLM gave. */
export async function train(path: string | undefined, flags: TrainFlags, context: CommandContext): Promise<ExitCode> {
  if ((path === undefined) === (flags.fromLlm === undefined)) {
    throw new AppError("USAGE", "name a file of labels, or a batch with --from-llm");
  }
  const signal = context.interrupt.take();
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const batchId = await resolveBatch(client, flags.fromLlm ?? flags.batch);
  const { taxonomy } = await client.getBatchOptions(batchId);
  let documents: LabelledDocument[];
  if (path === undefined)
    documents = await llmLabels(client, batchId, { most: flags.sample ?? null, seed: flags.seed });
  else {
    const file = safeText(basename(path));
    const labels = readLabels(await readFile(path, "utf8").catch(cannotRead(path)), file);
    checkCategories(labels, taxonomy ?? businessTaxonomy, file);
    const matched = await matchLabels(labels, client.results(batchId), file);
    documents = matched.documents.flatMap(({ contentHash, expected }) =>
      contentHash === null ? [] : [{ contentHash, labels: expected }],
    );
  }
  const trained = await trainModel(client, documents, {
    taxonomy,
    createdFrom: path === undefined ? `LLM labels of batch ${batchId}` : basename(path),
    seed: flags.seed,
    name: flags.name ?? (path === undefined ? `from batch ${batchId.slice(0, 8)}` : basename(path)),
    signal,
  });
  if (flags.output !== undefined) await writeFile(flags.output, trained.file);
  if (flags.json === true) await printJson({ ...trained.model, leftOut: trained.leftOut });
  else await printStdout(formatTrained(trained));
  return EXIT.ok;
}

function cannotRead(path: string): (error: unknown) => never {
  return (error) => {
    throw new AppError("PATH_NOT_FOUND", `${safeText(path)} cannot be read`, { cause: error });
  };
}

function formatTrained({ model: { model, card, bytes }, leftOut }: Trained): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const { accuracy, macroF1, calibrationError, rows, classes } = card;
  const lines = [
    `model ${model} (${formatCount(Math.ceil(bytes / 1_024))} KB)`,
    `trained on ${formatQuantity(rows, "document")} of ${classes.length} categories; on those held out in turn:`,
    `  right             ${percent(accuracy.value)} (${percent(accuracy.low)} to ${percent(accuracy.high)})`,
    `  mean F1           ${macroF1.value.toFixed(3)}`,
    `  calibration error ${calibrationError.value.toFixed(3)}`,
  ];
  for (const { label, rows: few } of leftOut) {
    lines.push(`left out: ${safeText(label)}, of ${formatQuantity(few, "document")} only`);
  }
  lines.push(`classify by it: sluice classify PATH --classifier model --model ${model.slice(0, 12)}`);
  return `${lines.join("\n")}\n`;
}
