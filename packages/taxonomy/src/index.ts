export { businessTaxonomy } from "./built-in/business-taxonomy.ts";
export {
  parseTaxonomy,
  type PlacedWarning,
  placeWarnings,
  readTaxonomy,
  type TaxonomyReading,
} from "./parse-taxonomy.ts";
export { TaxonomyError } from "./taxonomy-error.ts";
export { taxonomyFileSchema } from "./taxonomy-file-schema.ts";
export { taxonomyHash } from "./taxonomy-hash.ts";
