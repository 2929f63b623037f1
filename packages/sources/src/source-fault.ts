import type { ErrorCode } from "@sluice/contracts";

export type SourceFaultCode = Extract<
  ErrorCode,
  | `SOURCE_${string}`
  | "EMPTY_FILE"
  | "ARCHIVE_INVALID"
  | "ARCHIVE_LIMIT"
  | "UNSUPPORTED_ENCRYPTION"
  | "DECOMPRESSION_RATIO_LIMIT"
>;

/** Why a source could not be listed or read. Thrown inside this package and its callers' adapters, which make values of it. */
export class SourceFault extends Error {
  override readonly name = "SourceFault";
  readonly code: SourceFaultCode;

  constructor(code: SourceFaultCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}
