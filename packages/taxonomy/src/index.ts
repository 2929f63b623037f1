export {
  categoryIdSchema,
  categorySchema,
  keywordSchema,
  taxonomySchema,
  type Category,
  type Keyword,
  type Taxonomy,
} from "./taxonomy.ts";
export { structureDescriptions, structureNames, type StructureName } from "./structure-names.ts";
export { parseTaxonomy } from "./parse-taxonomy.ts";
export { TaxonomyError } from "./taxonomy-error.ts";
export { taxonomyHash } from "./taxonomy-hash.ts";
export { businessTaxonomy } from "./built-in/business-taxonomy.ts";
