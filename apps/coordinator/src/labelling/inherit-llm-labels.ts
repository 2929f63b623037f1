import type { LabelItemLine } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { BatchContext } from "../dispatch/batch-contexts.ts";
import { batchHashes } from "../intake/batch-hashes.ts";
import type { UnlabelledItem } from "./label-item.ts";

const CASCADE = /^cascade@\d+\/model@\d+\//;

/**
 * Of documents of a cascade, the labels that its LLM has given already, in the sample that its model learned from: nobody is asked again, and
 * where the two differ the LLM's holds. Empty for any other classifier.
 */
export async function inheritLlmLabels(
  { pool }: Database,
  { options, engineVersion, classifierVersion, extractHash }: BatchContext,
  items: readonly UnlabelledItem[],
): Promise<LabelItemLine[]> {
  if (options.classifier !== "cascade" || classifierVersion === null || items.length === 0) return [];
  const asked = { ...options, classifier: "llm", model: null, modelConfidence: null } as const;
  const build = { engineVersion, classifierVersion: classifierVersion.replace(CASCADE, "") };
  const { classifyHash } = batchHashes(asked, build);
  try {
    const { rows } = await pool.query({
      name: "inherit-llm-labels",
      text: `select h.ordinal, c.state, c.category, c.confidence, c.terms, c.runner_up, c.reason
         from unnest($1::int[], $2::bytea[]) as h (ordinal, hash)
         join lateral (
           select * from classifications
            where content_hash = h.hash and extract_hash = $3 and classify_hash = $4 limit 1) c on true`,
      values: [
        items.map((item) => item.ordinal),
        items.map((item) => Buffer.from(item.contentHash, "hex")),
        extractHash,
        classifyHash,
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
        ...(row.runner_up === null ? {} : { runnerUp: row.runner_up }),
        source: "llm",
        ...(row.reason === null ? {} : { reason: row.reason }),
      },
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
