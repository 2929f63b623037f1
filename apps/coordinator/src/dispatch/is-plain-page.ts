import { PAGE_VERDICTS, type PageResult } from "@sluice/contracts";

const VERDICTS: ReadonlySet<unknown> = new Set(PAGE_VERDICTS);

/**
 * Whether a value is a page without an error that `pageResultSchema` would take. Written out, since such pages are all but a
 * few of the values that workers send, and the schema takes several times as long to say the same.
 */
export function isPlainPage(value: unknown): value is PageResult {
  if (typeof value !== "object" || value === null || "error" in value) return false;
  const { verdict, chars, textBytes } = value as Partial<Record<keyof PageResult, unknown>>;
  return VERDICTS.has(verdict) && Number.isSafeInteger(chars) && (textBytes === null || isLength(textBytes));
}

function isLength(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
