import { AppError, type ChangeTokenRequest, changeTokenRequestSchema, type TokenRow } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { keepAdmin, lockTokens } from "./keep-admin.ts";
import { storedName } from "./stored-name.ts";
import { type StoredToken, TOKEN_COLUMNS, tokenRow } from "./token-row.ts";

/**
 * Changes name, expiry or limits of a token and leaves its secret alone. CONFLICT for one that is revoked or has expired; LAST_ADMIN
 * where no admin token without an end would be left, unless `adminElsewhere` says that the configuration gives one; NOT_FOUND.
 */
export async function changeToken(
  database: Database,
  tokenId: string,
  request: ChangeTokenRequest,
  adminElsewhere: boolean,
): Promise<TokenRow> {
  const { name, expiresInSeconds, limits = {} } = changeTokenRequestSchema.parse(request);
  return await database.transaction(async (client) => {
    await lockTokens(client);
    const { rows: found } = await client.query<{ role: string; ended: boolean }>(
      `select role, revoked_at is not null or coalesce(expires_at <= now(), false) as ended
         from tokens where id = $1`,
      [tokenId],
    );
    const [token] = found;
    if (token === undefined) throw new AppError("NOT_FOUND", `There is no token ${tokenId}.`);
    if (token.ended) throw new AppError("CONFLICT", "The token is revoked or has expired; make another one.");
    const willExpire = typeof expiresInSeconds === "number";
    if (willExpire && token.role === "admin" && !adminElsewhere) await keepAdmin(client, tokenId);
    // Null is a value of limits and expiry, so what is absent is told apart from it.
    const { rows } = await client.query<StoredToken>(
      `update tokens
          set name = coalesce($2, name),
              expires_at = case when $3 then now() + $4 * interval '1 second' else expires_at end,
              requests_per_second = case when $5 then $6 else requests_per_second end,
              pending_items = case when $7 then $8 else pending_items end,
              open_batches = case when $9 then $10 else open_batches end,
              upload_bytes_per_day = case when $11 then $12 else upload_bytes_per_day end
        where id = $1
        returning ${TOKEN_COLUMNS}`,
      [
        tokenId,
        name === undefined ? null : storedName(name),
        ...[
          expiresInSeconds,
          limits.requestsPerSecond,
          limits.pendingItems,
          limits.openBatches,
          limits.uploadBytesPerDay,
        ].flatMap((value) => [value !== undefined, value ?? null]),
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new AppError("INTERNAL", "The token was not stored.");
    return tokenRow(row);
  });
}
