import { AppError, MAX_UPLOAD_NAME_BYTES } from "@sluice/contracts";

const WITHOUT_NAME = "unnamed";

/** A name as it may be kept. BAD_REQUEST when it is too long, or no text that PostgreSQL stores. */
export function checkName(name: string | undefined): string {
  if (name === undefined || name === "") return WITHOUT_NAME;
  if (name.includes("\0") || !name.isWellFormed()) {
    throw new AppError("BAD_REQUEST", "name: well-formed text without NUL is needed.");
  }
  if (Buffer.byteLength(name) > MAX_UPLOAD_NAME_BYTES) {
    throw new AppError("BAD_REQUEST", `name: it has more than ${MAX_UPLOAD_NAME_BYTES} bytes.`);
  }
  return name;
}
