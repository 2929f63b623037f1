import type { LlmCallPage } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";

/** The calls to LLMs that were made for a batch behind `after`, with the totals of all. NOT_FOUND. */
export async function readLlmCalls(
  database: Database,
  batchId: string,
  { after, limit }: { after: number; limit: number },
): Promise<LlmCallPage> {
  await readBatch(database, batchId);
  const { sql } = database;
  try {
    const [[totals], outcomes, rows] = await Promise.all([
      sql`select count(*)::int as calls, count(distinct ordinal)::int as items,
                 coalesce(sum(input_tokens), 0)::bigint as input_tokens,
                 coalesce(sum(output_tokens), 0)::bigint as output_tokens,
                 coalesce(sum(latency_ms), 0) as latency_ms, sum(cost_usd) as cost_usd
            from llm_calls where batch_id = ${batchId}`,
      sql<{ outcome: string; calls: number }[]>`
        select outcome, count(*)::int as calls from llm_calls where batch_id = ${batchId}
         group by outcome order by calls desc, outcome`,
      sql`select * from llm_calls where batch_id = ${batchId} and id > ${after} order by id limit ${limit + 1}`,
    ]);
    const page = rows.slice(0, limit);
    return {
      totals: {
        calls: totals?.["calls"] ?? 0,
        items: totals?.["items"] ?? 0,
        inputTokens: Number(totals?.["input_tokens"] ?? 0),
        outputTokens: Number(totals?.["output_tokens"] ?? 0),
        latencyMs: totals?.["latency_ms"] ?? 0,
        costUsd: totals?.["cost_usd"] ?? null,
        outcomes: Object.fromEntries(outcomes.map(({ outcome, calls }) => [outcome, calls])),
      },
      calls: page.map((row) => ({
        ordinal: row["ordinal"],
        server: row["server"],
        model: row["model"],
        modelDigest: row["model_digest"],
        promptHash: row["prompt_hash"].toString("hex"),
        outcome: row["outcome"],
        inputTokens: row["input_tokens"],
        outputTokens: row["output_tokens"],
        latencyMs: row["latency_ms"],
        truncated: row["truncated"],
        try: row["try"],
        costUsd: row["cost_usd"],
        calledAt: row["called_at"].toISOString(),
      })),
      next: rows.length > limit ? Number(page.at(-1)?.["id"]) : null,
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
