import { MODEL_VERSION } from "../classifiers/model/model-version.ts";
import type { Labeller } from "./labeller.ts";
import { type ModelLoader, NO_TEXT_FOR_MODEL } from "./model-labeller.ts";

/**
 * A model where it is sure enough, and the LLM elsewhere: from `modelConfidence` on the label is the model's, and no call is made. Which confidence
 * that is has been found on documents that the LLM had judged and the model had not seen.
 */
export function cascadeLabeller(load: ModelLoader, llm: Labeller): Labeller {
  return {
    ...llm,
    classifier: `cascade@1/${MODEL_VERSION}/${llm.classifier}`,
    judge: async (settings) => {
      const { model, modelConfidence = 1 } = settings;
      const [classifier, ask] = [await load(model), await llm.judge(settings)];
      return (input, signal) => {
        if (input === null) return { outcome: "labelled", classification: NO_TEXT_FOR_MODEL };
        const classification = classifier.classify(input, { minConfidence: modelConfidence });
        if (classification.state === "classified") return { outcome: "labelled", classification };
        return ask(input, signal);
      };
    },
  };
}
