/**
 * The native engine, but for documents that begin with an order: those do to their process what the order says. Loaded by
 * extractor processes of the poison suite, in place of the addon.
 */
import { writeSync } from "node:fs";
import { engineVersion, extract as extractNatively, type ExtractOptions, type ExtractResult } from "@sluice/native";

export { engineVersion };

/** What the bytes of a poisonous document begin with. */
export const ORDER_MARK = "%POISON ";

const orders: Record<string, () => never> = {
  crash: () => {
    process.kill(process.pid, "SIGSEGV");
    for (;;) Bun.sleepSync(10);
  },
  hang: () => {
    for (;;);
  },
  hog: () => {
    const taken: Uint8Array[] = [];
    for (;;) {
      taken.push(new Uint8Array(16 << 20).fill(1));
      Bun.sleepSync(1);
    }
  },
  flood: () => {
    const noise = Buffer.alloc(1 << 20, "noise ");
    for (;;) for (const descriptor of [1, 2]) writeSync(descriptor, noise);
  },
};

export const ORDERS = Object.keys(orders);

export function extract(bytes: Uint8Array, options: ExtractOptions): ExtractResult {
  const head = Buffer.from(bytes.subarray(0, 32)).toString("latin1");
  if (head.startsWith(ORDER_MARK)) orders[head.slice(ORDER_MARK.length).split("\n", 1)[0] ?? ""]?.();
  return extractNatively(bytes, options);
}
