import { AppError, type CreateTokenRequest, createTokenRequestSchema, type NewToken } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { doOnce } from "../idempotency/do-once.ts";
import { newSecret, sameSecretAgain, type SentOnceBy } from "./new-secret.ts";
import { storedName } from "./stored-name.ts";
import { type StoredToken, TOKEN_COLUMNS, tokenRow } from "./token-row.ts";

/** Makes a token. The secret is in this answer and nowhere else. */
export async function createToken(
  database: Database,
  request: CreateTokenRequest,
  sentBy: SentOnceBy | null = null,
): Promise<NewToken> {
  const { name, role, expiresInSeconds, limits } = createTokenRequestSchema.parse(request);
  const secret = newSecret(sentBy);
  const insert = async (client: Client) => {
    const { rows } = await client.query<StoredToken>(
      `insert into tokens (id, name, role, token_hash, expires_at,
                           requests_per_second, pending_items, open_batches, upload_bytes_per_day)
       values ($1, $2, $3, $4, now() + $5 * interval '1 second', $6, $7, $8, $9)
       returning ${TOKEN_COLUMNS}`,
      [
        Bun.randomUUIDv7(),
        storedName(name),
        role,
        secret.hash,
        expiresInSeconds ?? null,
        limits.requestsPerSecond,
        limits.pendingItems,
        limits.openBatches,
        limits.uploadBytesPerDay,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new AppError("INTERNAL", "The token was not stored.");
    return { row: tokenRow(row), salt: secret.salt, hash: secret.hash.toString("hex") };
  };
  const made = await database.transaction((client) => doOnce(client, sentBy?.once ?? null, () => insert(client)));
  return { ...made.row, token: sentBy === null ? secret.token : sameSecretAgain(sentBy, made) };
}
