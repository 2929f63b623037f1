import type { Caller } from "../auth/token-store.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/**
 * Whose things a caller may see: null for everything, else what this token has opened and what nobody owns. Queries that list
 * ask for `created_by is null or created_by = …` with it; what is asked for by its id is the guard's affair.
 */
export function seesOnly(caller: Caller): string | null {
  return caller.role === "admin" ? null : (caller.tokenId ?? NOBODY);
}

// A token that is in no table owns nothing: it sees what nobody owns.
const NOBODY = "00000000-0000-0000-0000-000000000000";

const REMEMBER = 10_000;

/** Which token opened a batch, which never changes. */
export class Owners {
  readonly #database: Database;
  readonly #owners = new Map<string, string | null>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first of these ids that is a batch which is not for somebody who sees only what is `visibleTo`; null: there is none. */
  async findForeign(batchIds: readonly string[], visibleTo: string): Promise<string | null> {
    const unknown = batchIds.filter((id) => !this.#owners.has(id));
    if (unknown.length > 0) await this.#learn(unknown);
    return batchIds.find((id) => ![null, undefined, visibleTo].includes(this.#owners.get(id))) ?? null;
  }

  /**
   * Whether a document is of a batch that may be seen. Whose documents a batch shares with earlier ones is known when it ends; its
   * items show their text before.
   */
  async seesDocument(contentHash: string, visibleTo: string): Promise<boolean> {
    try {
      const rows = await this.#database.quick`
        select 1 from (
          select first_batch_id as id from documents where content_hash = ${Buffer.from(contentHash, "hex")}
          union all
          select batch_id from document_uses where content_hash = ${Buffer.from(contentHash, "hex")}) u
          join batches b on b.id = u.id
         where b.created_by is null or b.created_by = ${visibleTo}
         limit 1`;
      return rows.length > 0;
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }

  async #learn(batchIds: readonly string[]): Promise<void> {
    try {
      const rows = await this.#database.quick<{ id: string; created_by: string | null }[]>`
        select id, created_by from batches where id = any(${batchIds}::uuid[])`;
      for (const row of rows) this.#owners.set(row.id, row.created_by);
    } catch (error) {
      throw translateDatabaseError(error);
    }
    for (const id of this.#owners.keys()) {
      if (this.#owners.size <= REMEMBER) break;
      this.#owners.delete(id);
    }
  }
}
