import type { Taxonomy } from "@sluice/contracts";
import { buildRuleTables } from "./build-rule-tables.ts";
import { RulesClassifier } from "./rules-classifier.ts";

/** A classifier by any taxonomy. The built-in one, with its 27,000 terms, is loaded ready made: `loadBuiltInRules`. */
export function compileRules(taxonomy: Taxonomy): RulesClassifier {
  return new RulesClassifier(buildRuleTables(taxonomy));
}
