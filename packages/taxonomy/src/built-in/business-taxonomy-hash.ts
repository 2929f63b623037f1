/**
 * What `taxonomyHash(businessTaxonomy)` gives. Kept as a constant because loading and hashing 27,000 terms takes longer
 * than all the rest of a coordinator's start; a test holds it to the taxonomy.
 */
export const BUSINESS_TAXONOMY_HASH = "a8e8c3edc65bd31e43ae91396373a3bb71870a6b73afe16a1566054a3079bdbb";
