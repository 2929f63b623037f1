import { createHmac } from "node:crypto";
import { keyOf } from "./webhook-secret.ts";

/**
 * The headers by which a receiver knows a delivery to be ours, unchanged and new (Standard Webhooks, HMAC-SHA256). `id` is the same
 * at every try; `atSeconds` is of this try.
 */
export function signMessage(secret: string, id: string, atSeconds: number, body: string): Record<string, string> {
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${atSeconds}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(atSeconds),
    "webhook-signature": `v1,${signature}`,
  };
}
