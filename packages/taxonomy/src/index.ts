export { businessTaxonomy } from "./built-in/business-taxonomy.ts";
export { parseTaxonomy, readTaxonomy, type TaxonomyReading } from "./parse-taxonomy.ts";
export { sharedKeywords } from "./shared-keywords.ts";
export { TaxonomyError } from "./taxonomy-error.ts";
export { taxonomyHash } from "./taxonomy-hash.ts";
