import type { Client } from "../db/database.ts";
import { spanOf } from "../db/queries/span-of.ts";
import type { LabelUpdate } from "./plan-labels.ts";

/** Writes the labels' states of items that still wait for one; returns the ordinals of those that did. */
export async function updateLabels(
  client: Client,
  batchId: string,
  updates: readonly LabelUpdate[],
): Promise<Set<number>> {
  if (updates.length === 0) return new Set();
  const { rows } = await client.query<{ ordinal: number }>({
    name: "update-labels",
    text: `update items i
        set classify_state = u.state, code = coalesce(u.code, i.code), message = coalesce(u.message, i.message),
            updated_at = now()
       from unnest($2::int[], $3::text[], $4::text[], $5::text[]) as u (ordinal, state, code, message)
      where i.batch_id = $1 and i.ordinal between $6 and $7 and i.ordinal = u.ordinal
        and i.classify_state = 'pending' and i.extract_state <> 'pending'
      returning i.ordinal`,
    values: [
      batchId,
      updates.map((update) => update.ordinal),
      updates.map((update) => update.classifyState),
      updates.map((update) => update.code),
      updates.map((update) => update.message),
      ...spanOf(updates.map((update) => update.ordinal)),
    ],
  });
  return new Set(rows.map((row) => row.ordinal));
}
