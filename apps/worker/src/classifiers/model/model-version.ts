/** Changes with anything that can change a label by the same file: it is part of the classify hash. */
export const MODEL_VERSION = "model@1";
