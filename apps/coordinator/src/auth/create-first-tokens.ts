import type { Role } from "../config.ts";
import type { Database } from "../db/database.ts";
import { newSecret } from "../tokens/new-secret.ts";

/**
 * Makes an admin and a worker token when the database has none that still opens, stores their hashes, and returns them so that they can
 * be shown once. Null when there are tokens already.
 */
export async function createFirstTokens(database: Database): Promise<{ role: Role; token: string }[] | null> {
  return await database.transaction(async (client) => {
    // Coordinators that start together must not make two sets.
    await client.query("lock table tokens in exclusive mode");
    const { rows } = await client.query(
      "select 1 from tokens where revoked_at is null and (expires_at is null or expires_at > now()) limit 1",
    );
    if (rows.length > 0) return null;
    const made = (["admin", "worker"] as const).map((role) => ({ role, ...newSecret() }));
    for (const { role, hash } of made) {
      await client.query("insert into tokens (id, name, role, token_hash) values ($1, $2, $3, $4)", [
        Bun.randomUUIDv7(),
        `first ${role}`,
        role,
        hash,
      ]);
    }
    return made;
  });
}
