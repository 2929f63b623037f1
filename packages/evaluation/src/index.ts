/** How good labels are, and how sure one can be of that. */
export { clopperPearson, type Interval, lowerBound } from "./intervals/clopper-pearson.ts";
export { wilson } from "./intervals/wilson.ts";
export { type LabelRow, readLabels } from "./labels/read-labels.ts";
export { evaluationCharts } from "./report/evaluation-charts.ts";
export { evaluationMarkdown } from "./report/evaluation-markdown.ts";
export { type JudgedDocument, type LabelScores, scoreLabels, type Share } from "./scores/score-labels.ts";
export { chooseThreshold, type HeldOut, type NoThreshold, type Threshold } from "./threshold/choose-threshold.ts";
