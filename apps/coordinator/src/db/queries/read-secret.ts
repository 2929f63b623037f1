import type { Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

const SECRET_BYTES = 32;

/** A secret that all coordinators of a database share; the first one to ask makes it. */
export async function readSecret({ pool }: Database, name: string): Promise<Uint8Array> {
  try {
    await pool.query("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing", [
      name,
      Buffer.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))),
    ]);
    const { rows } = await pool.query<{ value: Buffer }>("select value from secrets where name = $1", [name]);
    const [row] = rows;
    if (row === undefined) throw new Error(`The secret ${name} was deleted while it was read.`);
    return row.value;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
