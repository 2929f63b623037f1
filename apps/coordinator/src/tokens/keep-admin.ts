import { AppError } from "@sluice/contracts";
import type { Client } from "../db/database.ts";

/**
 * For a change that may end a token: nobody else makes one until the transaction ends, since two admins who end each other
 * at once would both find the other one left.
 */
export async function lockTokens(client: Client): Promise<void> {
  await client.query("lock table tokens in share row exclusive mode");
}

/** LAST_ADMIN where no admin token without an end would be left beside this one. */
export async function keepAdmin(client: Client, tokenId: string): Promise<void> {
  const { rows } = await client.query(
    "select 1 from tokens where role = 'admin' and revoked_at is null and expires_at is null and id <> $1 limit 1",
    [tokenId],
  );
  if (rows.length > 0) return;
  throw new AppError("LAST_ADMIN", "Without this token nobody could administer this server any more.");
}
