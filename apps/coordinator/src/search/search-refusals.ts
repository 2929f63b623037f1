import type { Client } from "../db/database.ts";
import { databaseCode, isConnectionLoss, isContention, isDiskFull } from "../db/database-error.ts";

const MESSAGE_CHARS = 500;

/** A page that the index cannot take. */
export interface Refusal {
  readonly pageNo: number;
  readonly error: unknown;
}

/** Whether the same would fail again: what passes is the server's (away, full, busy, or told to give up), not the page's. */
export function refusesForGood(error: unknown): boolean {
  if (isConnectionLoss(error) || isContention(error) || isDiskFull(error)) return false;
  const code = databaseCode(error) ?? "";
  // 53: out of resources; 55: a lock; 57: somebody intervened, or a time limit did.
  return !/^(53|55|57)...$/.test(code);
}

/** Does work that may be refused for good: then it is undone, and what refused it is given back. Throws what passes. */
export async function refusalOf(client: Client, work: () => Promise<void>): Promise<{ error: unknown } | null> {
  await client.query("savepoint search_page");
  try {
    await work();
  } catch (error) {
    if (!refusesForGood(error)) throw error;
    await client.query("rollback to savepoint search_page");
    await client.query("release savepoint search_page");
    return { error };
  }
  await client.query("release savepoint search_page");
  return null;
}

export async function addRefusals(
  client: Client,
  extractHash: Buffer,
  contentHash: Buffer,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const { pageNo, error } of refusals) {
    const message = error instanceof Error ? error.message : String(error);
    const code = databaseCode(error) ?? (error instanceof Error ? error.name : "Error");
    await client.query(
      `insert into search_refusals (content_hash, extract_hash, page_no, code, message) values ($1, $2, $3, $4, $5)
       on conflict (content_hash, extract_hash, page_no) do update
         set code = excluded.code, message = excluded.message, refused_at = now()`,
      [contentHash, extractHash, pageNo, code, storableMessage(message)],
    );
  }
}

export function storableMessage(message: string): string {
  return message.slice(0, MESSAGE_CHARS).replaceAll("\0", "\ufffd").toWellFormed();
}
