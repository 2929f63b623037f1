import type { TokenRow } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type StoredToken, TOKEN_COLUMNS, tokenRow } from "./token-row.ts";

// Revoked ones stay for the record; nobody reads past so many.
const LIMIT = 1_000;

/** Every token, those that open something first, then the newest first. */
export async function listTokens({ sql }: Database): Promise<TokenRow[]> {
  try {
    const rows = await sql<StoredToken[]>`
      select ${sql.unsafe(TOKEN_COLUMNS)} from tokens
       order by revoked_at is not null, created_at desc, id desc
       limit ${LIMIT}`;
    return rows.map(tokenRow);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
