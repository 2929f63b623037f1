export { ApiError } from "./api-error.ts";
export { backOffMs, pause } from "./back-off.ts";
export {
  DATA_DIR_MARKER,
  type DirectoryEntry,
  type ListedFile,
  listDirectory,
  type ListingProblem,
  type SkippedEntry,
} from "./directory-listing.ts";
export { SluiceClient, type SluiceClientOptions } from "./sluice-client.ts";
export { textLines } from "./text-lines.ts";
