import { batchExamples } from "./batch-examples.ts";
import { itemExamples } from "./item-examples.ts";
import { modelExamples } from "./model-examples.ts";
import { serviceExamples } from "./service-examples.ts";

/** What a body of each named schema may be. They tell of one batch of three documents; of lines, the example is one line. */
export const API_EXAMPLES: Readonly<Record<string, unknown>> = {
  ...batchExamples,
  ...itemExamples,
  ...modelExamples,
  ...serviceExamples,
};
