import type { Classification, ClassifySettings, ErrorCode, LlmCall, LlmPace } from "@sluice/contracts";
import type { ClassifierInput } from "../classifiers/rules/index.ts";

/**
 * What became of one document. `put_off`: what judges did not serve; nothing is known of the document, and it is to come again
 * later, which costs it nothing.
 */
export type LabelVerdict = { readonly calls?: readonly LlmCall[] } & (
  | { readonly outcome: "labelled"; readonly classification: Classification }
  | { readonly outcome: "failed"; readonly code: ErrorCode; readonly message: string }
  | { readonly outcome: "put_off"; readonly code: ErrorCode; readonly message: string }
);

/** Judges documents by the settings of one batch. `null`: the document has no text. Never throws for what a document does. */
export type Judge = (input: ClassifierInput | null, signal: AbortSignal) => LabelVerdict | Promise<LabelVerdict>;

/** A classifier that judges text that is stored. */
export interface Labeller {
  /** As it is announced to coordinators: what it is, and all of it that can change a label. */
  readonly classifier: string;
  /** Label shards that it takes at a time, and documents of one at most. */
  readonly slots: number;
  readonly documents: number;
  /** Documents of a shard that it is asked about at a time. */
  readonly atATime: number;
  /** false: its server does not answer now. */
  readonly available: boolean;
  readonly pace: LlmPace | null;
  /** Rejects where the settings are not for it. */
  judge(settings: ClassifySettings): Judge | Promise<Judge>;
}
