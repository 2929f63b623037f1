/** What no honest archive passes, whatever the batch's own limits say. */
export const ARCHIVE_LIMITS = {
  /** A zip's directory is held in memory while it is read. */
  members: 200_000,
  /** What a tar has beside its members: with names of 4,096 bytes in headers of their own that is 5 KB each, and mostly 1 KB. */
  headerBytes: 1 << 30,
  /** All members together. */
  totalBytes: 256 * 2 ** 30,
  /** Unpacked to packed bytes; deflate can do 1,032, text does 3 to 10, and empty forms or scans of white pages some 100. */
  ratio: 500,
  /** Below this the ratio says nothing. */
  ratioFromBytes: 64 << 20,
} as const;
