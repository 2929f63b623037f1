import { AppError, type CreateTokenRequest, createTokenRequestSchema, type NewToken } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { newSecret } from "./new-secret.ts";
import { storedName } from "./stored-name.ts";
import { type StoredToken, TOKEN_COLUMNS, tokenRow } from "./token-row.ts";

/** Makes a token. The secret is in this answer and nowhere else. */
export async function createToken(database: Database, request: CreateTokenRequest): Promise<NewToken> {
  const { name, role, expiresInSeconds, limits } = createTokenRequestSchema.parse(request);
  const { token, hash } = newSecret();
  return await database.transaction(async (client) => {
    const { rows } = await client.query<StoredToken>(
      `insert into tokens (id, name, role, token_hash, expires_at,
                           requests_per_second, pending_items, open_batches, upload_bytes_per_day)
       values ($1, $2, $3, $4, now() + $5 * interval '1 second', $6, $7, $8, $9)
       returning ${TOKEN_COLUMNS}`,
      [
        Bun.randomUUIDv7(),
        storedName(name),
        role,
        hash,
        expiresInSeconds ?? null,
        limits.requestsPerSecond,
        limits.pendingItems,
        limits.openBatches,
        limits.uploadBytesPerDay,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new AppError("INTERNAL", "The token was not stored.");
    return { ...tokenRow(row), token };
  });
}
