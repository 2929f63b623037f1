import { type ModelRow, readModelHeader } from "@sluice/contracts";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type StoredModel, toModelRow } from "./model-row.ts";

/** Keeps a model by the hash of its file; one that is there already stays as it is. `isNew` says which. MODEL_INVALID. */
export async function storeModel(
  { sql }: Database,
  file: Uint8Array,
  { name, owner }: { name: string | null; owner: string | null },
): Promise<{ model: ModelRow; isNew: boolean }> {
  const header = readModelHeader(file);
  if (header.taxonomy !== null && taxonomyHash(header.taxonomy) !== header.taxonomyHash) {
    throw new AppError(
      "MODEL_INVALID",
      "The taxonomy in the model's file is not the one that it says it was trained for.",
    );
  }
  const hash = Buffer.from(new Bun.CryptoHasher("sha256").update(file).digest());
  try {
    const added = await sql`
      insert into models (hash, name, file, header, created_by)
      values (${hash}, ${name}, ${Buffer.from(file)}, ${sql.json(JSON.parse(JSON.stringify(header)))}, ${owner})
      on conflict (hash) do nothing returning hash`;
    const [row] = await sql<StoredModel[]>`
      select hash, name, length(file) as bytes, header, created_at from models where hash = ${hash}`;
    if (row === undefined) throw new AppError("NOT_FOUND", "The model was deleted while it was sent; send it again.");
    return { model: toModelRow(row), isNew: added.length > 0 };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
