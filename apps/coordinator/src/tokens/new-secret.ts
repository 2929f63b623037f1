import { hashToken } from "@sluice/serverkit";

/** A token nobody can guess, 256 bits of it, and the hash that is kept. The prefix lets scanners of leaks know it. */
export function newSecret(): { token: string; hash: Buffer } {
  const token = `sl_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")}`;
  return { token, hash: Buffer.from(hashToken(token), "hex") };
}
