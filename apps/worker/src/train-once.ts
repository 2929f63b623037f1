/**
 * `train-once.ts FILE`: trains a model of labelled texts and writes its file. Stdin: a line `TrainingRequest`, then a line
 * `{item, labels}` for each text, as a label shard has it, so that the model learns from just what it will judge. Stdout: one JSON line, the
 * model's hash, its header and the labels that were left out; or `{error: {code, message}}`, with exit code 1.
 */
import { writeFile } from "node:fs/promises";
import { AppError, labelItemSchema, taxonomySchema } from "@sluice/contracts";
import { type LabelledText, ModelError, trainModel } from "@sluice/native/classify";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import { BUSINESS_TAXONOMY_HASH } from "@sluice/taxonomy/business-hash";
import { z } from "zod";
import { modelText } from "./classifiers/model/model-text.ts";
import { storedInput } from "./labels/stored-input.ts";

const requestSchema = z.object({
  /** null: the built-in one. */
  taxonomy: taxonomySchema.nullable(),
  createdFrom: z.string(),
  seed: z.int(),
});
const rowSchema = z.object({ item: labelItemSchema, labels: z.array(z.string()).min(1) });

try {
  process.stdout.write(`${JSON.stringify(await train())}\n`);
} catch (error) {
  const known = error instanceof AppError || error instanceof ModelError;
  const { code, message } = known ? error : { code: "INTERNAL", message: String(error) };
  process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  process.exit(1);
}

async function train() {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new AppError("USAGE", "Name the file that the model is written to.");
  let request: z.infer<typeof requestSchema> | null = null;
  const rows: LabelledText[] = [];
  for await (const line of console) {
    if (line === "") continue;
    if (request === null) {
      request = requestSchema.parse(JSON.parse(line));
      continue;
    }
    const { item, labels } = rowSchema.parse(JSON.parse(line));
    const input = storedInput(item);
    // What has no text teaches nothing.
    if (input !== null) rows.push({ text: modelText(input), labels });
  }
  if (request === null) throw new AppError("USAGE", "There is nothing on stdin.");
  const { taxonomy, createdFrom, seed } = request;
  const trained = await trainModel(rows, {
    createdFrom,
    seed,
    multiLabel: taxonomy?.labels === "multi",
    taxonomyHash: taxonomy === null ? BUSINESS_TAXONOMY_HASH : taxonomyHash(taxonomy),
    ...(taxonomy === null ? {} : { taxonomy }),
  });
  await writeFile(file, trained.bytes);
  const { sha256, header, leftOut } = trained;
  return { model: sha256, header, leftOut };
}
