import { hashToken } from "@sluice/serverkit";
import type { Role } from "../config.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Whoever holds a token. */
export interface Caller {
  /** The token's id, or for one that is in no table its role. */
  readonly id: string;
  readonly role: Role;
}

export interface TokenStore {
  /** Who holds a token, or null when nobody gave it out (any more). */
  callerOf(token: string): Promise<Caller | null>;
}

/** How long a revoked token may still work on a coordinator that has just seen it. */
const REMEMBER_MS = 5_000;

/** Bootstrap tokens live in memory only; the others are in the database, as hashes. */
export function openTokenStore(database: Database, bootstrap: readonly { role: Role; token: string }[]): TokenStore {
  const inMemory = new Map(bootstrap.map(({ role, token }) => [hashToken(token), { id: role, role }]));
  const seen = new Map<string, { caller: Caller; until: number }>();
  return {
    callerOf: async (token) => {
      const hash = hashToken(token);
      const given = inMemory.get(hash);
      if (given !== undefined) return given;
      const remembered = seen.get(hash);
      if (remembered !== undefined && remembered.until > Date.now()) return remembered.caller;
      seen.delete(hash);
      const caller = await findCaller(database, hash);
      if (caller !== null) seen.set(hash, { caller, until: Date.now() + REMEMBER_MS });
      return caller;
    },
  };
}

async function findCaller(database: Database, hash: string): Promise<Caller | null> {
  try {
    const [row] = await database.sql<Caller[]>`
      select id, role from tokens where token_hash = ${Buffer.from(hash, "hex")} and revoked_at is null`;
    return row ?? null;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
