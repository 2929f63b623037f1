import { type ModelRow, modelHeaderSchema } from "@sluice/contracts";

export interface StoredModel {
  readonly hash: Buffer;
  readonly name: string | null;
  readonly bytes: number;
  readonly header: unknown;
  readonly created_at: Date;
}

export function toModelRow(stored: StoredModel): ModelRow {
  const { taxonomyHash, labels, card } = modelHeaderSchema.parse(stored.header);
  return {
    model: stored.hash.toString("hex"),
    name: stored.name,
    bytes: stored.bytes,
    taxonomyHash,
    labels,
    card,
    createdAt: stored.created_at.toISOString(),
  };
}
