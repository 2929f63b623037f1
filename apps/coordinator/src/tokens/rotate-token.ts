import { AppError, type NewToken } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { doOnce } from "../idempotency/do-once.ts";
import { newSecret, sameSecretAgain, type SentOnceBy } from "./new-secret.ts";
import { type StoredToken, TOKEN_COLUMNS, tokenRow } from "./token-row.ts";

/**
 * Gives a token another secret. It stays the same token, with its batches and limits; the former secret opens for `overlapSeconds`
 * more, so that whoever uses it can change over. CONFLICT for one that is revoked or has expired; NOT_FOUND.
 */
export async function rotateToken(
  database: Database,
  tokenId: string,
  overlapSeconds: number,
  sentBy: SentOnceBy | null = null,
): Promise<NewToken> {
  const secret = newSecret(sentBy);
  const update = async (client: Client) => {
    const { rows } = await client.query<StoredToken>(
      `update tokens
          set previous_hash = token_hash, previous_until = now() + $3 * interval '1 second',
              token_hash = $2, rotated_at = now()
        where id = $1 and revoked_at is null and (expires_at is null or expires_at > now())
        returning ${TOKEN_COLUMNS}`,
      [tokenId, secret.hash, overlapSeconds],
    );
    const [row] = rows;
    if (row !== undefined) return { row: tokenRow(row), salt: secret.salt, hash: secret.hash.toString("hex") };
    const { rows: ended } = await client.query("select 1 from tokens where id = $1", [tokenId]);
    if (ended.length === 0) throw new AppError("NOT_FOUND", `There is no token ${tokenId}.`);
    throw new AppError("CONFLICT", "The token is revoked or has expired; make another one.");
  };
  const rotated = await database.transaction((client) => doOnce(client, sentBy?.once ?? null, () => update(client)));
  return { ...rotated.row, token: sentBy === null ? secret.token : sameSecretAgain(sentBy, rotated) };
}
