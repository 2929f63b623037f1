import type { Classification } from "@sluice/contracts";
import { taxonomyHash } from "@sluice/taxonomy";
import { compileRules, loadBuiltInRules, RULES_VERSION, type RulesClassifier } from "../classifiers/rules/index.ts";
import type { Labeller } from "./labeller.ts";

const NO_TEXT: Classification = { state: "no_text", category: null, confidence: 0, terms: [] };
/** Compiled taxonomies that are kept: as many as batches that are judged beside each other. */
const KEEP = 4;

/** Judges stored text by the rules, as an extractor does right after it has read. It runs where it is called: 80 µs a document. */
export function rulesLabeller(): Labeller {
  const compiled = new Map<string, RulesClassifier>();
  return {
    classifier: RULES_VERSION,
    slots: 1,
    documents: 256,
    atATime: 1,
    available: true,
    pace: null,
    judge: ({ taxonomy, minConfidence }) => {
      const key = taxonomy === null ? "" : taxonomyHash(taxonomy);
      const rules = compiled.get(key) ?? (taxonomy === null ? loadBuiltInRules() : compileRules(taxonomy));
      compiled.delete(key);
      compiled.set(key, rules);
      const [oldest] = compiled.keys();
      if (compiled.size > KEEP && oldest !== undefined) compiled.delete(oldest);
      return (input) => ({
        outcome: "labelled",
        classification: input === null ? NO_TEXT : rules.classify(input, { minConfidence: minConfidence ?? undefined }),
      });
    },
  };
}
