import type { SourceFaultCode } from "@sluice/sources/source-fault";

/** Why the bytes of a source could not be had. A value, not an exception: it is the document's outcome. */
export interface SourceFailure {
  readonly ok: false;
  readonly code: SourceFaultCode;
  readonly message: string;
}

export function sourceFailure(code: SourceFailure["code"], message: string): SourceFailure {
  return { ok: false, code, message };
}
