/** Changes with anything that can change a label under the same taxonomy: it is part of the classify hash. */
export const RULES_VERSION = "rules@5";
