import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export type ReceiverMode = "well" | "refuse" | "stall";

/** A call as the receiver wrote it down before it answered. */
export const receivedCallSchema = z.object({
  /** Which webhook it is for. */
  path: z.string(),
  id: z.string(),
  timestamp: z.string(),
  signature: z.string(),
  body: z.string(),
  /** How it was answered: only `well` is a delivery. */
  mode: z.enum(["well", "refuse", "stall"]),
});
export type ReceivedCall = z.infer<typeof receivedCallSchema>;

export function receiverFiles(folder: string) {
  return { calls: join(folder, "calls.jsonl"), mode: join(folder, "mode") };
}

/** In the order in which they came; a line that the receiver's death has cut is left out. */
export function readCalls(folder: string): ReceivedCall[] {
  const { calls } = receiverFiles(folder);
  if (!existsSync(calls)) return [];
  const lines = readFileSync(calls, "utf8").split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [receivedCallSchema.parse(JSON.parse(line))];
    } catch {
      // It died in the middle of it, and what another one wrote comes behind.
      return [];
    }
  });
}
