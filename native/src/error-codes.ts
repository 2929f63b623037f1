/** Every code an extraction can fail with, for a document or for one of its pages. */
export const EXTRACT_ERROR_CODES = [
  "EMPTY_FILE",
  "UNSUPPORTED_FORMAT",
  "INVALID_PDF",
  "NO_PAGES",
  "PASSWORD_REQUIRED",
  "WRONG_PASSWORD",
  "UNSUPPORTED_ENCRYPTION",
  "LIMIT_EXCEEDED",
  "PAGE_OUT_OF_RANGE",
  "PAGE_UNREADABLE",
  "NATIVE_PANIC",
] as const;
