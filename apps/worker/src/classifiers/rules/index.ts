export type { ClassifierInput, InputPage } from "./classifier-input.ts";
export { compileRules, type RulesClassifier } from "./compile-rules.ts";
export { RULES_VERSION } from "./rules-version.ts";
