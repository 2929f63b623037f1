export { businessTaxonomy } from "./built-in/business-taxonomy.ts";
export { parseTaxonomy } from "./parse-taxonomy.ts";
export { TaxonomyError } from "./taxonomy-error.ts";
export { taxonomyHash } from "./taxonomy-hash.ts";
