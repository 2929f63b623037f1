import { timingSafeEqual } from "node:crypto";

/** The token of an `Authorization: Bearer …` header, or null. */
export function bearerToken(header: string | undefined): string | null {
  const match = /^Bearer +(\S+)$/i.exec(header ?? "");
  return match?.[1] ?? null;
}

/** SHA-256 in hexadecimal. Tokens are long and random, so a plain hash is enough to store them by. */
export function hashToken(token: string): string {
  return new Bun.CryptoHasher("sha256").update(token).digest("hex");
}

/** Compares in constant time, whatever the lengths. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(left), "hex"), Buffer.from(hashToken(right), "hex"));
}
