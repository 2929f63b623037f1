import type { Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

// Some looks of the directory, so that one that is slow keeps its share.
export const LIVES_FOR_MS = 5_000;

/** Says that this coordinator lives; returns the ids of all that do, itself included, in an order that all agree on. */
export async function renewCoordinator({ control }: Database, coordinatorId: string): Promise<string[]> {
  try {
    const { rows } = await control.query<{ id: string }>(
      `with own as (
         insert into coordinators (id) values ($1) on conflict (id) do update set renewed_at = now()),
       gone as (
         delete from coordinators where renewed_at < now() - interval '1 day' and id <> $1)
       select id from coordinators where renewed_at > now() - $2 * interval '1 ms' and id <> $1`,
      [coordinatorId, LIVES_FOR_MS],
    );
    return [coordinatorId, ...rows.map((row) => row.id)].sort();
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** Gives its share to the others at once, not when it has not been heard of for a while. */
export async function forgetCoordinator({ control }: Database, coordinatorId: string): Promise<void> {
  try {
    await control.query("delete from coordinators where id = $1", [coordinatorId]);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
