import { canonicalJson } from "@sluice/contracts/canonical-json";
import type { Taxonomy } from "@sluice/contracts";

/** SHA-256 (hex) of a taxonomy's meaning: the order of keys does not matter, the order of lists does. */
export function taxonomyHash(taxonomy: Taxonomy): string {
  return new Bun.CryptoHasher("sha256").update(canonicalJson(taxonomy)).digest("hex");
}
