import { AppError } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";

/**
 * Ends a token: at once here, within seconds on other coordinators. Revoking twice is revoking once. LAST_ADMIN where no
 * admin token without an end would be left, unless `adminElsewhere` says that the configuration gives one; NOT_FOUND.
 */
export async function revokeToken(database: Database, tokenId: string, adminElsewhere: boolean): Promise<void> {
  await database.transaction(async (client) => {
    // Two admins who revoke each other at once would both find the other one left.
    await client.query("lock table tokens in share row exclusive mode");
    const { rows } = await client.query<{ role: string; live: boolean }>(
      "select role, revoked_at is null as live from tokens where id = $1",
      [tokenId],
    );
    const [token] = rows;
    if (token === undefined) throw new AppError("NOT_FOUND", `There is no token ${tokenId}.`);
    if (!token.live) return;
    if (token.role === "admin" && !adminElsewhere && !(await hasOtherAdmin(client, tokenId))) {
      throw new AppError("LAST_ADMIN", "Without this token nobody could administer this server any more.");
    }
    await client.query("update tokens set revoked_at = now() where id = $1", [tokenId]);
  });
}

async function hasOtherAdmin(client: Client, tokenId: string): Promise<boolean> {
  const { rows } = await client.query(
    "select 1 from tokens where role = 'admin' and revoked_at is null and expires_at is null and id <> $1 limit 1",
    [tokenId],
  );
  return rows.length > 0;
}
