import type { Classification } from "@sluice/contracts";
import { loadModelClassifier } from "../classifiers/model/load-model-classifier.ts";
import { MODEL_VERSION } from "../classifiers/model/model-version.ts";
import type { ModelShelf } from "../classifiers/model/model-shelf.ts";
import type { Classifier } from "../classifiers/classifier.ts";
import type { Labeller } from "./labeller.ts";
import { rememberJudges } from "./remember-judges.ts";

export const NO_TEXT_FOR_MODEL: Classification = {
  state: "no_text",
  category: null,
  confidence: 0,
  terms: [],
  source: "model",
};

/** Loaded models by the hash of their file. */
export type ModelLoader = (model: string | undefined) => Promise<Classifier>;

export function modelLoader(shelf: ModelShelf): ModelLoader {
  const load = rememberJudges(loadModelClassifier);
  return async (model) => {
    if (model === undefined) throw new Error("a shard without the model that it is to be judged by");
    return load(await shelf.file(model));
  };
}

/** Judges stored text by trained models, as an extractor does right after it has read. It runs where it is called: 100 µs a document. */
export function modelLabeller(load: ModelLoader): Labeller {
  return {
    classifier: MODEL_VERSION,
    slots: 1,
    documents: 256,
    atATime: 1,
    available: true,
    pace: null,
    judge: async ({ model, minConfidence }) => {
      const classifier = await load(model);
      return (input) => ({
        outcome: "labelled",
        classification:
          input === null
            ? NO_TEXT_FOR_MODEL
            : classifier.classify(input, { minConfidence: minConfidence ?? undefined }),
      });
    },
  };
}
