import type { ErrorCode } from "@sluice/contracts";
import type { ExtractErrorCode } from "@sluice/native";

/** The code an item fails with, for what the engine says of its document. The engine also knows faults of pages. */
export function documentCode(code: ExtractErrorCode): ErrorCode {
  if (code === "PAGE_OUT_OF_RANGE" || code === "PAGE_UNREADABLE") return "INVALID_PDF";
  // Whether the engine stopped by itself or had to be killed is the same to whoever waits for the document.
  return code === "TIMEOUT" ? "CHILD_TIMEOUT" : code;
}
