import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { hashSchema, modelHeaderSchema, type ModelRow, type Taxonomy } from "@sluice/contracts";
import { trainOnce } from "@sluice/launcher";
import { z } from "zod";
import { trainingItem } from "./training-item.ts";

export interface LabelledDocument {
  readonly contentHash: string;
  readonly labels: readonly string[];
}

export interface TrainRequest {
  /** null: the built-in one. */
  readonly taxonomy: Taxonomy | null;
  /** Where the labels came from, for the model's card. */
  readonly createdFrom: string;
  readonly seed: number;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Texts asked for at a time. */
const AT_A_TIME = 8;

const answerSchema = z.object({
  model: hashSchema,
  header: modelHeaderSchema,
  leftOut: z.array(z.object({ label: z.string(), rows: z.int() })),
});

export interface Trained {
  readonly model: ModelRow;
  readonly file: Uint8Array<ArrayBuffer>;
  /** Labels of too few documents to be learned. */
  readonly leftOut: readonly { readonly label: string; readonly rows: number }[];
}

/** Trains a model on this machine, of documents that a server has stored, and sends it there. LABELS_INVALID. */
export async function trainModel(
  client: SluiceClient,
  documents: readonly LabelledDocument[],
  request: TrainRequest,
): Promise<Trained> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-train-"));
  try {
    const path = join(folder, "trained.model");
    const answer = answerSchema.parse(await trainOnce({ file: path, lines: rowsOf(client, documents, request) }));
    const file = new Uint8Array(await readFile(path));
    const model = await client.storeModel(file, { name: request.name, signal: request.signal });
    return { model, file, leftOut: answer.leftOut };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* rowsOf(
  client: SluiceClient,
  documents: readonly LabelledDocument[],
  { taxonomy, createdFrom, seed, signal }: TrainRequest,
): AsyncGenerator<string> {
  yield JSON.stringify({ taxonomy, createdFrom, seed });
  for (let at = 0; at < documents.length; at += AT_A_TIME) {
    const some = documents.slice(at, at + AT_A_TIME);
    const items = await Promise.all(
      some.map(({ contentHash }, index) => trainingItem(client, contentHash, at + index, signal)),
    );
    for (const [index, item] of items.entries()) {
      yield JSON.stringify({ item, labels: some[index]?.labels });
    }
  }
}
