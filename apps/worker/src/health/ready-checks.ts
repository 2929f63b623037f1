import type { ReadyCheck } from "@sluice/serverkit";
import type { ExtractorPool } from "../extractors/pool/extractor-pool.ts";

// Well below the time that a whole check may take.
const PROBE_MS = 1_500;

/** What a worker needs to take a shard. */
export function readyChecks(parts: {
  readonly pool: ExtractorPool;
  readonly engineVersion: string;
  readonly standing: () => { registered: number; coordinators: number };
}): Record<string, ReadyCheck> {
  const { pool, engineVersion } = parts;
  return {
    extractor: async () => {
      const fault = await pool.probe(PROBE_MS);
      return fault === null ? { ok: true, engineVersion } : { ok: false, reason: fault, engineVersion };
    },
    slots: () => {
      const { slots, lost } = pool.stats;
      return lost < slots
        ? { ok: true }
        : { ok: false, reason: "every slot is held by an extractor that cannot be killed" };
    },
    coordinators: () => {
      const { registered, coordinators } = parts.standing();
      const facts = { registered, coordinators };
      return registered > 0 ? { ok: true, ...facts } : { ok: false, reason: "no coordinator knows it", ...facts };
    },
  };
}
