/**
 * Listens to what happens to all batches and writes it down, going on behind the last thing that an earlier process wrote:
 * `bun watcher.ts JOB.json`. To be killed at any moment; it ends with the process that started it.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { ApiError, pause, SluiceClient } from "@sluice/client";
import { z } from "zod";

export const watcherJobSchema = z.object({
  /** Coordinators, asked in turn. */
  urls: z.array(z.url()).min(1),
  token: z.string(),
  journal: z.string(),
});

const watchedSchema = z.object({ position: z.int(), eventId: z.string(), type: z.string(), batchId: z.string() });
export type Watched = z.infer<typeof watchedSchema>;

/** What watchers have written down; a line that a death has cut is left out: the next one has heard it again. */
export function readWatched(journal: string): Watched[] {
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, "utf8").split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [watchedSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

const TIMEOUT_MS = 8_000;
const REST_MS = 250;
/** A coordinator that is away for so long is left for the next one. */
const GIVE_UP_AFTER_MS = 2_000;

if (import.meta.main) {
  void Bun.stdin.text().then(() => process.exit(1));
  const { urls, token, journal } = watcherJobSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
  // Behind a line that was cut a new one begins.
  if (existsSync(journal) && !readFileSync(journal, "utf8").endsWith("\n")) appendFileSync(journal, "\n");
  let after = readWatched(journal).at(-1)?.position ?? 0;
  for (let turn = 0; ; turn += 1) {
    const client = new SluiceClient({ baseUrl: urls[turn % urls.length] ?? "", token, timeoutMs: TIMEOUT_MS });
    try {
      for await (const event of client.events({ after, giveUpAfterMs: GIVE_UP_AFTER_MS })) {
        if (event.type === "reset") throw new Error("events were forgotten");
        const { position, eventId, type, batchId } = event;
        appendFileSync(journal, `${JSON.stringify({ position, eventId, type, batchId })}\n`);
        after = position;
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!error.retryable && error.status < 500) throw error;
      await pause(REST_MS);
    }
  }
}
