import type { ErrorCode } from "@sluice/contracts";
import type { ExtractErrorCode } from "@sluice/native";

/** The code an item fails with, for what the engine says of its document. The engine also knows faults of pages. */
export function documentCode(code: ExtractErrorCode): ErrorCode {
  return code === "PAGE_OUT_OF_RANGE" || code === "PAGE_UNREADABLE" ? "INVALID_PDF" : code;
}
