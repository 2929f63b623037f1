/** A classifier of texts that is trained from labelled ones. `@sluice/native/classify`. */
export { loadModel } from "./classify/load-model.ts";
export type { Judgement, Term } from "./classify/model.ts";
export { Model } from "./classify/model.ts";
export { MODEL_ERROR_CODES, ModelError, type ModelErrorCode } from "./classify/model-error.ts";
export type { ClassCard, Figure, ModelHeader, TrainingCard } from "./classify/model-header.ts";
export { type LabelledText, type TrainedModel, trainModel, type TrainOptions } from "./classify/train-model.ts";
