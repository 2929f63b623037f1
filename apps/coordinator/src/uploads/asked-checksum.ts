import { AppError } from "@sluice/contracts";

const SHA256_BYTES = 32;

/**
 * The SHA-256 that a client says its body has, in hexadecimal, or null when it says none: from `Content-Digest` (RFC 9530),
 * `Digest` (RFC 3230) or `X-Content-SHA256`. Other algorithms are passed over, as those RFCs ask. BAD_REQUEST for a
 * digest that none can be.
 */
export function askedChecksum(header: (name: string) => string | undefined): string | null {
  const hex = header("x-content-sha256")?.trim().toLowerCase();
  if (hex !== undefined) {
    if (/^[0-9a-f]{64}$/.test(hex)) return hex;
    throw new AppError("BAD_REQUEST", "X-Content-SHA256 is no SHA-256 in hexadecimal.");
  }
  const structured = /(?:^|,)\s*sha-256=:([^:]*):/i.exec(header("content-digest") ?? "")?.[1];
  if (structured !== undefined) return fromBase64(structured, "Content-Digest");
  const legacy = /(?:^|,)\s*sha-256=([^,]*)/i.exec(header("digest") ?? "")?.[1];
  return legacy === undefined ? null : fromBase64(legacy.trim(), "Digest");
}

function fromBase64(text: string, name: string): string {
  const bytes = Buffer.from(text, "base64");
  if (bytes.byteLength === SHA256_BYTES && bytes.toString("base64") === text) return bytes.toString("hex");
  throw new AppError("BAD_REQUEST", `${name} has a sha-256 that is no SHA-256 in base64.`);
}
