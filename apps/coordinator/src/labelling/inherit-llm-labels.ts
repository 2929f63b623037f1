import type { LabelItemLine } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { BatchContext } from "../dispatch/batch-contexts.ts";
import { batchHashes } from "../intake/batch-hashes.ts";
import type { UnlabelledItem } from "./label-item.ts";

const CASCADE = /^cascade@\d+\/model@\d+\//;

/**
 * Labels that the LLM has given to these very documents already, in batches that ask it more often than this one: for a cascade in any that the LLM
 * alone has judged, as the sample that its model learned from, and where near-duplicates inherit in any where they do not. Nobody is asked again,
 * and where a model would say something else the LLM's holds.
 */
export async function inheritLlmLabels(
  { pool }: Database,
  { options, engineVersion, classifierVersion, extractHash, classifyHash: ownHash }: BatchContext,
  items: readonly UnlabelledItem[],
): Promise<LabelItemLine[]> {
  const { classifier } = options;
  if ((classifier !== "cascade" && classifier !== "llm") || classifierVersion === null || items.length === 0) return [];
  const build = { engineVersion, classifierVersion: classifierVersion.replace(CASCADE, "") };
  const askedMore = [true, false].flatMap((nearDuplicates) => {
    const asked = { ...options, classifier: "llm", model: null, modelConfidence: null, nearDuplicates } as const;
    const { classifyHash } = batchHashes(asked, build);
    return classifyHash === null || classifyHash.equals(ownHash ?? Buffer.of()) ? [] : [classifyHash];
  });
  try {
    const { rows } = await pool.query({
      name: "inherit-llm-labels",
      text: `select h.ordinal, c.state, c.category, c.confidence, c.terms, c.runner_up, c.labels, c.reason
         from unnest($1::int[], $2::bytea[]) as h (ordinal, hash)
         join lateral (
           select * from classifications
            where content_hash = h.hash and extract_hash = $3 and classify_hash = any($4::bytea[]) and source = 'llm'
            limit 1) c on true`,
      values: [
        items.map((item) => item.ordinal),
        items.map((item) => Buffer.from(item.contentHash, "hex")),
        extractHash,
        askedMore,
      ],
    });
    return rows.map((row) => ({
      line: "item",
      ordinal: row.ordinal,
      outcome: "labelled",
      calls: [],
      classification: {
        state: row.state,
        category: row.category,
        confidence: row.confidence,
        terms: row.terms,
        ...(row.labels === null ? {} : { labels: row.labels }),
        ...(row.runner_up === null ? {} : { runnerUp: row.runner_up }),
        source: "llm",
        ...(row.reason === null ? {} : { reason: row.reason }),
      },
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
