import { AppError, ERROR_RULES, type ErrorCode } from "@sluice/contracts";
import { SourceFault } from "@sluice/sources/source-fault";
import { SOURCE_TRIES, sourceBackOffMs } from "./source-back-off.ts";

export interface ListingFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What becomes of a listing that was interrupted: it ends with its fault, or is gone on with after so long. */
export type Verdict =
  | { readonly kind: "failed"; readonly fault: ListingFault }
  /** `isTry` false: nothing is wrong with the source. */
  | { readonly kind: "later"; readonly afterMs: number; readonly fault: ListingFault | null; readonly isTry: boolean };

const BUSY_REST_MS = 1_000;
const FAILED_REST_MS = 2_000;

/** `expected` false: it is not a matter of the source, and somebody should hear of it. */
export function judgeFault(
  error: unknown,
  { tries, sourceRetryMs }: { tries: number; sourceRetryMs: number },
): Verdict & { readonly expected: boolean } {
  // For as long as the fleet takes; the batch's status says so meanwhile.
  if (error instanceof AppError && (error.code === "BUSY" || error.code === "QUOTA_ITEMS")) {
    const fault = { code: error.code, message: error.message };
    return { kind: "later", afterMs: BUSY_REST_MS, fault, isTry: false, expected: true };
  }
  // What the request itself is wrong about, such as an upload that is not here, waiting does not mend.
  if (!(error instanceof SourceFault || (error instanceof AppError && ERROR_RULES[error.code].scope !== "system"))) {
    return { kind: "later", afterMs: FAILED_REST_MS, fault: null, isTry: false, expected: false };
  }
  const fault = { code: error.code, message: error.message };
  if (!ERROR_RULES[error.code].retryable || tries + 1 >= SOURCE_TRIES) return { kind: "failed", fault, expected: true };
  return { kind: "later", afterMs: sourceBackOffMs(tries, sourceRetryMs), fault, isTry: true, expected: true };
}
