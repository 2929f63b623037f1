import { AppError } from "@sluice/contracts";

/** A name as PostgreSQL can keep it. BAD_REQUEST. */
export function storedName(name: string): string {
  if (!name.includes("\0") && name.isWellFormed()) return name;
  throw new AppError("BAD_REQUEST", "name: must be well-formed text without NUL.");
}
