/** The secrets of a batch. They are stored when it opens and gone when it ends; no other file reads or writes them. */
import type { Client, Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

export async function keepPasswords(client: Client, batchId: string, passwords: readonly string[]): Promise<void> {
  if (passwords.length === 0) return;
  await client.query("insert into batch_passwords (batch_id, passwords) values ($1, $2)", [batchId, passwords]);
}

/** None for a batch that has ended: nothing of it is read any more. */
export async function readPasswords({ sql }: Database, batchId: string): Promise<string[]> {
  try {
    const rows = await sql<{ passwords: string[] }[]>`
      select passwords from batch_passwords where batch_id = ${batchId}`;
    return rows[0]?.passwords ?? [];
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** Gives a batch the secrets of another one, which is about to end. */
export async function inheritPasswords(client: Client, from: string, to: string): Promise<void> {
  await client.query(
    "insert into batch_passwords (batch_id, passwords) select $2, passwords from batch_passwords where batch_id = $1",
    [from, to],
  );
}

/** Called in the transaction that ends the batch. */
export async function forgetPasswords(client: Client, batchId: string): Promise<void> {
  await client.query("delete from batch_passwords where batch_id = $1", [batchId]);
}
