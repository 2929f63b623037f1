import { createHash } from "node:crypto";
import type { Taxonomy } from "./taxonomy.ts";

/** SHA-256 (hex) of a taxonomy's meaning: the order of keys does not matter, the order of lists does. */
export function taxonomyHash(taxonomy: Taxonomy): string {
  return createHash("sha256").update(canonicalJson(taxonomy)).digest("hex");
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    const sorted: Record<string, unknown> = {};
    for (const key of Object.keys(inner).sort()) sorted[key] = (inner as Record<string, unknown>)[key];
    return sorted;
  });
}
