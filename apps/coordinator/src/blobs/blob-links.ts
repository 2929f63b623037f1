import { createHmac } from "node:crypto";
import { sameSecret } from "@sluice/serverkit";

/**
 * Signed, short-lived addresses of uploaded bytes, on any coordinator of one database: whoever has one may read that
 * blob until it expires, and no other.
 */
export class BlobLinks {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** A path on every coordinator. */
  pathTo(contentHash: string, seconds: number): string {
    const expires = Math.ceil(Date.now() / 1_000 + seconds);
    return `/v1/blobs/${contentHash}?expires=${expires}&signature=${this.#sign(contentHash, expires)}`;
  }

  /** Whether this coordinator, or another one, has made the link, and it still holds. */
  allows(contentHash: string, expires: number, signature: string): boolean {
    // Both are looked at whatever the first says, so that time tells nothing.
    const genuine = sameSecret(signature, this.#sign(contentHash, expires));
    return genuine && expires * 1_000 > Date.now();
  }

  #sign(contentHash: string, expires: number): string {
    return createHmac("sha256", this.#secret).update(`blob\n${contentHash}\n${expires}`).digest("base64url");
  }
}
