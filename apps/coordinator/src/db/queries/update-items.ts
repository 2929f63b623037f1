import type { ItemUpdate } from "../../commit/plan-commit.ts";
import { sourceKey } from "../../intake/source-key.ts";
import type { Client } from "../database.ts";
import { spanOf } from "./span-of.ts";

/**
 * Writes the outcome of items that are still pending; returns the ordinals of those that were. `uriOf` is asked for
 * sources whose version changed between listing and reading: the version that was read is the one to be found again.
 */
export async function updateItems(
  client: Client,
  batch: { batchId: string; extractHash: Buffer },
  updates: readonly ItemUpdate[],
  uriOf: (ordinal: number) => string,
): Promise<Set<number>> {
  if (updates.length === 0) return new Set();
  const { rows } = await client.query<{ ordinal: number }>({
    name: "update-items",
    text: `update items i
        set extract_state = u.extract_state, classify_state = u.classify_state, content_hash = u.content_hash,
            size_bytes = coalesce(u.size_bytes, i.size_bytes),
            source_version = coalesce(u.source_version, i.source_version),
            source_key = coalesce(u.source_key, i.source_key),
            code = u.code, message = u.message, page = u.page, evidence = u.evidence::jsonb,
            attempts = i.attempts + 1, updated_at = now()
       from unnest($2::int[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::text[], $8::bigint[],
                   $9::text[], $10::text[], $11::int[], $12::text[])
         as u (ordinal, extract_state, classify_state, content_hash, size_bytes, source_version, source_key,
               code, message, page, evidence)
      where i.batch_id = $1 and i.ordinal between $13 and $14 and i.ordinal = u.ordinal and i.extract_state = 'pending'
      returning i.ordinal`,
    values: [
      batch.batchId,
      updates.map((update) => update.ordinal),
      updates.map((update) => update.extractState),
      updates.map((update) => update.classifyState),
      updates.map((update) => (update.hash === null ? null : Buffer.from(update.hash, "hex"))),
      updates.map((update) => update.sizeBytes),
      updates.map((update) => update.sourceVersion),
      updates.map((update) => newSourceKey(batch.extractHash, update, uriOf)),
      updates.map((update) => update.code),
      updates.map((update) => update.message),
      updates.map((update) => update.page),
      updates.map((update) => (update.evidence === null ? null : storableJson(update.evidence))),
      ...spanOf(updates.map((update) => update.ordinal)),
    ],
  });
  return new Set(rows.map((row) => row.ordinal));
}

function newSourceKey(
  extractHash: Buffer,
  { ordinal, sourceVersion }: ItemUpdate,
  uriOf: (ordinal: number) => string,
): string | null {
  return sourceVersion === null ? null : String(sourceKey(extractHash, uriOf(ordinal), sourceVersion));
}

/** The stderr of a crashed child may hold any bytes; jsonb takes neither NUL nor lone surrogates. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === "string" ? entry.replaceAll("\0", "\ufffd").toWellFormed() : entry,
  );
}
