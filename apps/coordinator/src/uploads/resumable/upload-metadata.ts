import { AppError } from "@sluice/contracts";

const MAX_HEADER_CHARS = 8_192;

export interface UploadMetadata {
  readonly name: string | undefined;
  /** SHA-256 that the whole upload must have, in hexadecimal. */
  readonly checksum: string | null;
}

/** `Upload-Metadata` of tus: `filename` or `name`, and `sha256` in hexadecimal. BAD_REQUEST when it cannot be read. */
export function uploadMetadata(header: string): UploadMetadata {
  if (header.length > MAX_HEADER_CHARS) throw malformed(`it has more than ${MAX_HEADER_CHARS} characters`);
  const pairs = new Map<string, string>();
  for (const pair of header.split(",")) {
    const [key = "", value = "", ...more] = pair.trim().split(" ");
    if (key === "" && pair.trim() === "" && header.trim() === "") continue;
    const bytes = Buffer.from(value, "base64");
    if (key === "" || more.length > 0 || pairs.has(key))
      throw malformed("pairs of a key and a base64 value are needed");
    if (bytes.toString("base64").replace(/=+$/, "") !== value.replace(/=+$/, ""))
      throw malformed(`${key} is no base64`);
    pairs.set(key, bytes.toString("utf8"));
  }
  const checksum = pairs.get("sha256")?.toLowerCase() ?? null;
  if (checksum !== null && !/^[0-9a-f]{64}$/.test(checksum)) throw malformed("sha256 is no SHA-256 in hexadecimal");
  return { name: pairs.get("filename") ?? pairs.get("name"), checksum };
}

function malformed(fault: string): AppError {
  return new AppError("BAD_REQUEST", `Upload-Metadata: ${fault}.`);
}
