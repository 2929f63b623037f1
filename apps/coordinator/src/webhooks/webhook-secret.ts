/** What Standard Webhooks calls a symmetric key: the mark, then the key's bytes in base64. */
const MARK = "whsec_";
const KEY_BYTES = 32;

/** A new secret, as it is shown and kept. */
export function newWebhookSecret(): string {
  return MARK + Buffer.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES))).toString("base64");
}

/** The bytes that sign. */
export function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(MARK.length), "base64");
}
