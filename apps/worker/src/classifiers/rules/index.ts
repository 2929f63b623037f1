export type { ClassifierInput, InputPage } from "./classifier-input.ts";
export { compileRules } from "./compile-rules.ts";
export { loadBuiltInRules } from "./load-built-in-rules.ts";
export { RulesClassifier } from "./rules-classifier.ts";
export { RULES_VERSION } from "./rules-version.ts";
