/** How good labels are, and how sure one can be of that. */
export { clopperPearson, type Interval, lowerBound } from "./intervals/clopper-pearson.ts";
export { wilson } from "./intervals/wilson.ts";
export { type LabelRow, readLabels, sameCategories } from "./labels/read-labels.ts";
export { evaluationCharts } from "./report/evaluation-charts.ts";
export { evaluationMarkdown, labelSetsMarkdown } from "./report/evaluation-markdown.ts";
export type { ClassScore } from "./scores/score-class.ts";
export { type JudgedSets, type LabelSetScores, scoreLabelSets } from "./scores/score-label-sets.ts";
export { type JudgedDocument, type LabelScores, scoreLabels } from "./scores/score-labels.ts";
export { type Share, shareOf } from "./scores/share.ts";
export {
  chooseThreshold,
  type HeldOut,
  leastHeldOut,
  type NoThreshold,
  type Threshold,
} from "./threshold/choose-threshold.ts";
export { fixedSteps, stepsByShare, type ThresholdStep } from "./threshold/threshold-steps.ts";
export { type ChoiceRepetition, repeatChoice, type RepeatedChoice } from "./simulation/repeat-choice.ts";
export { seededRandom } from "./simulation/seeded-random.ts";
export { type SimulatedModel, simulatedModels } from "./simulation/simulated-models.ts";
export {
  type AskedLabels,
  cascadePlan,
  type CascadeStanding,
  type CascadeStep,
  type TeacherOnly,
} from "./cascade/cascade-plan.ts";
export { type CascadeRequest, type SampleSizes, sampleSizes } from "./cascade/sample-sizes.ts";
export { type Candidate, chooseSample, type Sample, type SampleRequest } from "./sample/choose-sample.ts";
