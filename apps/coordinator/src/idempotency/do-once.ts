import type { Client } from "../db/database.ts";

/** A request that its caller may send again: the key that both sends have. */
export interface OnceKey {
  readonly caller: string;
  readonly key: string;
}

/**
 * Does in the caller's transaction what a request asks for, and notes the result with its key: whoever sends the request again,
 * after a coordinator has died between the work and its answer, say, gets that result, and nothing is done twice. The key is
 * locked before all else. Results must be plain JSON. Without a key the work is just done.
 */
export async function doOnce<Result>(
  client: Client,
  once: OnceKey | null,
  work: () => Promise<Result>,
): Promise<Result> {
  if (once === null) return await work();
  const { rows } = await client.query<{ result: { value: Result } | null }>(
    "select result from idempotency_keys where caller = $1 and key = $2 for update",
    [once.caller, once.key],
  );
  const earlier = rows[0]?.result ?? null;
  if (earlier !== null) return earlier.value;
  const value = await work();
  await client.query("update idempotency_keys set result = $3 where caller = $1 and key = $2", [
    once.caller,
    once.key,
    JSON.stringify({ value }),
  ]);
  return value;
}
