import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { keepAdmin, lockTokens } from "./keep-admin.ts";

/**
 * Ends a token: at once here, within seconds on other coordinators. Revoking twice is revoking once. LAST_ADMIN where no
 * admin token without an end would be left, unless `adminElsewhere` says that the configuration gives one; NOT_FOUND.
 */
export async function revokeToken(database: Database, tokenId: string, adminElsewhere: boolean): Promise<void> {
  await database.transaction(async (client) => {
    await lockTokens(client);
    const { rows } = await client.query<{ role: string; live: boolean }>(
      "select role, revoked_at is null as live from tokens where id = $1",
      [tokenId],
    );
    const [token] = rows;
    if (token === undefined) throw new AppError("NOT_FOUND", `There is no token ${tokenId}.`);
    if (!token.live) return;
    if (token.role === "admin" && !adminElsewhere) await keepAdmin(client, tokenId);
    await client.query("update tokens set revoked_at = now() where id = $1", [tokenId]);
  });
}
