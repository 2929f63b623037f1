import type { Caller } from "../auth/token-store.ts";
import type { Quotas } from "./quotas.ts";

const STEP_BYTES = 8 << 20;

/** The same bytes, counted as uploaded by a caller: what is announced before the first of them, the rest in steps. QUOTA_UPLOADS. */
export async function* chargeBody(
  quotas: Quotas,
  caller: Caller,
  { announcedBytes, body }: { announcedBytes: number; body: AsyncIterable<Uint8Array> },
): AsyncGenerator<Uint8Array, void, undefined> {
  await quotas.takeUpload(caller, announcedBytes);
  let paid = announcedBytes;
  let read = 0;
  for await (const bytes of body) {
    read += bytes.byteLength;
    if (read > paid) {
      await quotas.takeUpload(caller, read - paid + STEP_BYTES);
      paid = read + STEP_BYTES;
    }
    yield bytes;
  }
}
