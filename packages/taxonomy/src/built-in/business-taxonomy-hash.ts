/**
 * What `taxonomyHash(businessTaxonomy)` gives. Kept as a constant because loading and hashing 27,000 terms takes longer
 * than all the rest of a coordinator's start; a test holds it to the taxonomy.
 */
export const BUSINESS_TAXONOMY_HASH = "d359a31d6e429e2b1635b4a2fd82aeefda0661b4d305d17a87dd736cf301d362";
