import { AT, BATCH_ID, HASH, LATER, OTHER_BATCH_ID } from "./example-names.ts";
import type { BatchStatus } from "@sluice/contracts";

const batch: BatchStatus = {
  batchId: BATCH_ID,
  name: "invoices of November",
  state: "done",
  priority: "normal",
  pausedAt: null,
  continuedBy: null,
  listing: null,
  createdAt: AT,
  sealedAt: AT,
  finishedAt: LATER,
  items: 3,
  extract: { pending: 0, succeeded: 2, partial: 0, duplicate: 0, unchanged: 0, failed: 1, cancelled: 0 },
  classify: { none: 1, pending: 0, classified: 2, abstained: 0, no_text: 0, failed: 0, cancelled: 0 },
  pages: 4,
  bytes: 181_204,
  needsOcr: 0,
  engineVersion: "0.1.0",
  extractHash: HASH,
  classifyHash: HASH,
};

const other: BatchStatus = { ...batch, batchId: OTHER_BATCH_ID };

/** What batches are asked for and answer, by the schema's name. */
export const batchExamples = {
  OpenBatchRequest: {
    name: "invoices of November",
    options: { classifier: "rules", priority: "normal" },
    submissionKey: "invoices-2026-11",
    sources: ["file:///data/"],
    filter: { include: ["**/*.pdf"], maxBytes: 104_857_600 },
  },
  OpenBatchResponse: { batch, superseded: [] },
  BatchList: { batches: [batch], next: null },
  BatchStatus: batch,
  SealRequest: { items: 3 },
  ChangeBatchRequest: { priority: "interactive" },
  OpenedOptions: { classifier: "rules", priority: "normal" },
  RetryBatchRequest: { codes: ["CHILD_TIMEOUT"], documentTimeoutMs: 300_000 },
  RetryBatchResponse: { batch: { ...batch, state: "sealed", finishedAt: null }, retried: 1 },
  ContinueBatchResponse: { batch: other, continues: BATCH_ID, moved: 3 },
  ReclassifyBatchRequest: { name: "November, with the marks of December", classifier: "rules", minConfidence: 0.6 },
  ReclassifyBatchResponse: { batch: other, reclassifies: BATCH_ID, leftOut: 1 },
  BatchSummary: {
    batch,
    categories: { invoice: 2 },
    failures: [
      {
        ordinal: 2,
        uri: "file:///data/endless.pdf",
        code: "CHILD_TIMEOUT",
        message: "The extractor was ended after 60 s with one document.",
        advice: "Retry the document with a higher documentTimeoutMs.",
      },
    ],
  },
  AuditReport: {
    batchId: BATCH_ID,
    state: "done",
    balanced: true,
    items: 3,
    checks: [],
  },
  BatchEvent: {
    eventId: "019ac3b0-6f00-7000-8000-000000000008",
    position: 42,
    type: "batch.done",
    at: LATER,
    batchId: BATCH_ID,
    name: "invoices of November",
    state: "done",
    detail: { items: 3, pages: 4 },
  },
  ComparisonRow: {
    line: "difference",
    uri: "file:///data/endless.pdf",
    changes: ["state"],
    left: {
      ordinal: 2,
      state: "failed",
      classifyState: "none",
      category: null,
      code: "CHILD_TIMEOUT",
      contentHash: HASH,
      pages: null,
    },
    right: {
      ordinal: 2,
      state: "succeeded",
      classifyState: "abstained",
      category: null,
      code: null,
      contentHash: HASH,
      pages: 812,
    },
    pagesChanged: 0,
    pages: [],
  },
  ChangedLabel: {
    line: "changed",
    uri: "file:///data/invoice-4711.pdf",
    left: { ordinal: 0, category: "receipt", confidence: 0.61 },
    right: { ordinal: 0, category: "invoice", confidence: 0.94 },
  },
};
