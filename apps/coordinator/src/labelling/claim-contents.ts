import type { Client, Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** What is claimed: contents (hexadecimal), judged by one standard, for an attempt that is down as running. */
export interface Claim {
  readonly attemptId: string;
  readonly extractHash: Buffer;
  readonly classifyHash: Buffer;
  readonly hashes: readonly string[];
}

/**
 * Claims contents for an attempt, so that no other one asks the same meanwhile; returns those that it is to have judged. What
 * another attempt has, and is still running, stays its own; what one has judged in the very moment before is known.
 */
export async function claimContents({ pool }: Database, claim: Claim): Promise<Set<string>> {
  if (claim.hashes.length === 0) return new Set();
  try {
    const { rows } = await pool.query<{ hash: string }>({
      name: "claim-contents",
      text: `insert into label_claims as held (content_hash, extract_hash, classify_hash, attempt_id)
         select hash, $2, $3, $4::uuid from unnest($1::bytea[]) as h (hash)
         on conflict (content_hash, extract_hash, classify_hash) do update set attempt_id = excluded.attempt_id
          where held.attempt_id = excluded.attempt_id or not exists (
            select 1 from attempts a where a.id = held.attempt_id and a.outcome = 'running')
         returning encode(content_hash, 'hex') as hash`,
      values: [inOrder(claim.hashes), claim.extractHash, claim.classifyHash, claim.attemptId],
    });
    const claimed = rows.map((row) => row.hash);
    // Only now: a commit gives its claims back and stores its labels at once.
    const known = await findLabelled(pool, { ...claim, hashes: claimed });
    return new Set(claimed.filter((hash) => !known.has(hash)));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function findLabelled(pool: Database["pool"], claim: Omit<Claim, "attemptId">): Promise<Set<string>> {
  const { rows } = await pool.query<{ hash: string }>({
    name: "find-labelled",
    text: `select encode(h.hash, 'hex') as hash
       from unnest($1::bytea[]) as h (hash)
       join lateral (
         select 1 from classifications
          where content_hash = h.hash and extract_hash = $2 and classify_hash = $3 limit 1) c on true`,
    values: [inOrder(claim.hashes), claim.extractHash, claim.classifyHash],
  });
  return new Set(rows.map((row) => row.hash));
}

/** Gives back what an attempt has claimed, in the transaction that ends it. */
export async function releaseClaims(client: Client, claim: Claim): Promise<void> {
  if (claim.hashes.length === 0) return;
  await client.query({
    name: "release-claims",
    text: `delete from label_claims
            where content_hash = any($1::bytea[]) and extract_hash = $2 and classify_hash = $3 and attempt_id = $4`,
    values: [inOrder(claim.hashes), claim.extractHash, claim.classifyHash, claim.attemptId],
  });
}

/** In one order, and each once: two attempts never wait for each other in a circle. */
function inOrder(hashes: readonly string[]): Buffer[] {
  return [...new Set(hashes)].sort().map((hash) => Buffer.from(hash, "hex"));
}
