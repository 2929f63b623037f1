/** What is answered and asked for has the names of the wire. */
export type * from "@sluice/contracts";
export { AppError } from "@sluice/contracts";
export { ApiError } from "./api-error.ts";
export { backOffMs, pause } from "./back-off.ts";
export type { BatchFilter, CallOptions, ExportOptions, ItemFilter, OnceOptions } from "./call-options.ts";
export type { LabelChangeFilter } from "./compare-batches.ts";
export {
  DATA_DIR_MARKER,
  type DirectoryEntry,
  type ListedFile,
  listDirectory,
  type ListingProblem,
  type SkippedEntry,
} from "./directory-listing.ts";
export { type FilteredEntry, listSources, type SourceEntry } from "./list-sources.ts";
export type { ListenOptions } from "./listen-events.ts";
export type { WatchOptions } from "./resumed-events.ts";
export { type LocalOptions, processDirectory, type ProcessDirectoryOptions } from "./local/process-directory.ts";
export { awaitedLabels, type BatchProgress, type LabelProgress, settledItems } from "./progress/batch-progress.ts";
export { ProgressRate } from "./progress/progress-rate.ts";
export type { WaitOptions } from "./progress/wait-for-batch.ts";
export { SluiceClient, type SluiceClientOptions } from "./sluice-client.ts";
export { resolveRoots } from "./submission/resolve-roots.ts";
export { ensureDocuments, type ListingFault, type ListingReport, SourceListing } from "./submission/source-listing.ts";
export { uploadSources, type UploadSourcesOptions } from "./submission/upload-sources.ts";
export { submissionKey } from "./submission/submission-key.ts";
export type { Submission, SubmitBatchOptions } from "./submission/submit-batch.ts";
export { type DirectorySubmission, nameOf, type SubmitDirectoryOptions } from "./submission/submit-directory.ts";
export {
  type SourceSubmission,
  type SubmissionCheckpoint,
  submitItems,
  type SubmitItemsOptions,
} from "./submission/submit-items.ts";
export { batchReport, type BatchReport, type FailureGroup } from "./summary/batch-report.ts";
export { collectReport, type ReportFacts } from "./summary/collect-report.ts";
export { describeStates, rankCategories } from "./summary/describe-report.ts";
export { formatSummary } from "./summary/format-summary.ts";
export {
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  formatShare,
} from "./summary/format-units.ts";
export { FailureGroups } from "./summary/group-failures.ts";
export type { SearchFound, SearchOptions } from "./search.ts";
export { textLines } from "./text-lines.ts";
export type { UnfinishedUploads, UploadOptions, UploadProgress } from "./upload.ts";
export type { UploadManyOptions, UploadOutcome } from "./upload-many.ts";
export type { UploadSource } from "./upload-source.ts";
