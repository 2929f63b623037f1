import { hashToken } from "@sluice/serverkit";
import type { Role } from "../config.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

export interface TokenStore {
  /** The role of a token, or null when nobody gave it out (any more). */
  roleOf(token: string): Promise<Role | null>;
}

/** How long a revoked token may still work on a coordinator that has just seen it. */
const REMEMBER_MS = 5_000;

/** Bootstrap tokens live in memory only; the others are in the database, as hashes. */
export function openTokenStore(database: Database, bootstrap: readonly { role: Role; token: string }[]): TokenStore {
  const inMemory = new Map(bootstrap.map(({ role, token }) => [hashToken(token), role]));
  const seen = new Map<string, { role: Role; until: number }>();
  return {
    roleOf: async (token) => {
      const hash = hashToken(token);
      const given = inMemory.get(hash);
      if (given !== undefined) return given;
      const remembered = seen.get(hash);
      if (remembered !== undefined && remembered.until > Date.now()) return remembered.role;
      seen.delete(hash);
      const role = await findRole(database, hash);
      if (role !== null) seen.set(hash, { role, until: Date.now() + REMEMBER_MS });
      return role;
    },
  };
}

async function findRole(database: Database, hash: string): Promise<Role | null> {
  try {
    const [row] = await database.sql<{ role: Role }[]>`
      select role from tokens where token_hash = ${Buffer.from(hash, "hex")} and revoked_at is null`;
    return row?.role ?? null;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
