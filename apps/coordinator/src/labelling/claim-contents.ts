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
 * Claims contents for an attempt, so that no other one asks the same meanwhile; returns those that it has. What another attempt
 * has, and is still running, stays its own.
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
    return new Set(rows.map((row) => row.hash));
  } catch (error) {
    throw translateDatabaseError(error);
  }
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
