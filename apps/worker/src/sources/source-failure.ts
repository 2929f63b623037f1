import type { ErrorCode } from "@sluice/contracts";

/** Why the bytes of a source could not be had. A value, not an exception: it is the document's outcome. */
export interface SourceFailure {
  readonly ok: false;
  readonly code: Extract<ErrorCode, `SOURCE_${string}` | "EMPTY_FILE">;
  readonly message: string;
}

export function sourceFailure(code: SourceFailure["code"], message: string): SourceFailure {
  return { ok: false, code, message };
}
