import { createHmac } from "node:crypto";
import { AppError } from "@sluice/contracts";
import { hashToken } from "@sluice/serverkit";
import type { OnceKey } from "../idempotency/do-once.ts";

/** A request for a secret that may be sent again: by whom, with the secret of theirs that it came with. */
export interface SentOnceBy {
  readonly once: OnceKey;
  readonly bearer: string;
}

export interface Secret {
  readonly token: string;
  readonly hash: Buffer;
  /** From it, and from what is in no database, the same secret is made for the same request. */
  readonly salt: string;
}

/**
 * A token nobody can guess, 256 bits of it, and the hash that is kept. The prefix lets scanners of leaks know it. For a request that may
 * be sent again it follows from the salt and the caller's own secret: what notes the request holds nothing that opens.
 */
export function newSecret(sentBy: SentOnceBy | null = null, salt: string = randomBits()): Secret {
  const secret = sentBy === null ? salt : createHmac("sha256", sentBy.bearer).update(salt).digest("base64url");
  const token = `sl_${secret}`;
  return { token, hash: Buffer.from(hashToken(token), "hex"), salt };
}

/** The secret that was given out for a request that is sent again; CONFLICT when it comes with another secret than then. */
export function sameSecretAgain(sentBy: SentOnceBy, { salt, hash }: { salt: string; hash: string }): string {
  const again = newSecret(sentBy, salt);
  if (again.hash.toString("hex") === hash) return again.token;
  throw new AppError(
    "CONFLICT",
    "This was done, for another secret of the caller's; the new one cannot be shown again. Rotate the token.",
  );
}

function randomBits(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
