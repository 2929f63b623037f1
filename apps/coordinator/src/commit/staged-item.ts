import type { ClassifyState, ErrorCode, Evidence } from "@sluice/contracts";
import type { Segment } from "./staging.ts";

/** Encoded rows of one document, where the staging keeps them. */
export interface StagedRows {
  readonly document: Segment;
  readonly pages: Segment | null;
}

export interface StagedLabel {
  readonly state: Extract<ClassifyState, "classified" | "abstained" | "no_text">;
  readonly row: Segment;
}

interface StagedBase {
  readonly ordinal: number;
  /** When what was read is not what was listed. */
  readonly sizeBytes: number | null;
  readonly sourceVersion: string | null;
}

/**
 * One item line, parsed and encoded as it arrives: all that its commit needs without looking at the text again.
 * `extracted`: rows are staged. `known`: the worker met bytes that are stored already.
 */
export type StagedItem =
  | (StagedBase & {
      readonly kind: "extracted";
      readonly hash: string;
      readonly partial: boolean;
      readonly pages: number;
      readonly bytes: number;
      readonly needsOcr: boolean;
      readonly rows: StagedRows;
      readonly label: StagedLabel | null;
    })
  | (StagedBase & { readonly kind: "known"; readonly hash: string })
  | (StagedBase & {
      readonly kind: "failed";
      readonly hash: string | null;
      readonly code: ErrorCode;
      readonly message: string;
      readonly page: number | null;
      readonly evidence: Evidence | null;
    });
