import { AppError, type ModelHeader, modelHeaderSchema, type ModelRow } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type StoredModel, toModelRow } from "./model-row.ts";

const MOST_LISTED = 1_000;

/** Models that this token sent, and those that nobody owns, the newest first; null: all. */
export async function listModels({ sql }: Database, visibleTo: string | null): Promise<ModelRow[]> {
  try {
    const rows = await sql<StoredModel[]>`
      select hash, name, length(file) as bytes, header, created_at from models
       where ${visibleTo}::uuid is null or created_by is null or created_by = ${visibleTo}
       order by created_at desc, hash limit ${MOST_LISTED}`;
    return rows.map(toModelRow);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** The bytes of a model. NOT_FOUND, also for one of another owner. */
export async function readModelFile({ sql }: Database, model: string, visibleTo: string | null): Promise<Buffer> {
  try {
    const [row] = await sql<{ file: Buffer }[]>`
      select file from models
       where hash = ${Buffer.from(model, "hex")}
         and (${visibleTo}::uuid is null or created_by is null or created_by = ${visibleTo})`;
    if (row === undefined) throw noModel(model);
    return row.file;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** What a model says of itself. NOT_FOUND, also for one of another owner. */
export async function readStoredHeader(
  { sql }: Database,
  model: string,
  visibleTo: string | null,
): Promise<ModelHeader> {
  try {
    const [row] = await sql<{ header: unknown }[]>`
      select header from models
       where hash = ${Buffer.from(model, "hex")}
         and (${visibleTo}::uuid is null or created_by is null or created_by = ${visibleTo})`;
    if (row === undefined) throw noModel(model);
    return modelHeaderSchema.parse(row.header);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** NOT_FOUND, also for one of another owner. CONFLICT while a batch that is to be judged by it has not ended. */
export async function deleteModel({ sql }: Database, model: string, visibleTo: string | null): Promise<void> {
  try {
    const [used] = await sql`
      select 1 from batches where state in ('open', 'sealed') and deleting_at is null and options ->> 'model' = ${model}`;
    if (used !== undefined) throw new AppError("CONFLICT", "A batch that has not ended is judged by this model.");
    const rows = await sql`
      delete from models
       where hash = ${Buffer.from(model, "hex")}
         and (${visibleTo}::uuid is null or created_by is null or created_by = ${visibleTo})
       returning hash`;
    if (rows.length === 0) throw noModel(model);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function noModel(model: string): AppError {
  return new AppError("NOT_FOUND", `There is no model ${model}.`);
}
