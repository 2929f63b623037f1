/** What a run will do and when: a function of its seed, written down so that it can be read and run again. */
import { EXPORT_FORMATS, PRIORITIES } from "@sluice/contracts";
import { z } from "zod";
import { LLM_FAULTS } from "../llm/modes.ts";

/** Times are milliseconds from the beginning of the round. */
const atMs = z.int().min(0);
const forMs = z.int().min(0);

export const faultSchema = z.discriminatedUnion("fault", [
  /** SIGKILL; started again after `downMs`. */
  z.object({ atMs, fault: z.literal("kill"), target: z.string(), downMs: forMs }),
  /** SIGKILL for a process below it: an extractor, a backend of PostgreSQL. `pick` chooses among those that run. */
  z.object({ atMs, fault: z.literal("kill-child"), target: z.string(), pick: z.number() }),
  /** SIGKILL for every part at once, as when the power fails; all are started again after `downMs`. */
  z.object({ atMs, fault: z.literal("blackout"), downMs: forMs }),
  /** SIGSTOP, and SIGCONT later. */
  z.object({ atMs, fault: z.literal("freeze"), target: z.string(), forMs }),
  /** SIGTERM, as in a deploy; started again after `downMs`. */
  z.object({ atMs, fault: z.literal("restart"), target: z.string(), downMs: forMs }),
  /** A coordinator is asked to drain it; it is started anew after `forMs`. */
  z.object({ atMs, fault: z.literal("drain"), target: z.string(), forMs }),
  /** The host's cable is pulled. */
  z.object({ atMs, fault: z.literal("cut"), target: z.string(), forMs }),
  /** The host's cable carries little. */
  z.object({ atMs, fault: z.literal("narrow"), target: z.string(), kilobitsPerSecond: z.int(), forMs }),
  /** Everything on a way between hosts is late. */
  z.object({ atMs, fault: z.literal("delay"), edge: z.tuple([z.string(), z.string()]), delayMs: z.int(), forMs }),
  /** A way between hosts falls silent, its connections half open. */
  z.object({ atMs, fault: z.literal("silence"), edge: z.tuple([z.string(), z.string()]), forMs }),
  /** All connections on a way between hosts are reset. */
  z.object({ atMs, fault: z.literal("reset"), edge: z.tuple([z.string(), z.string()]) }),
  /** The next COMMITs of a coordinator reach PostgreSQL, and their answers get lost. */
  z.object({ atMs, fault: z.literal("swallow-commit"), target: z.string(), commits: z.int() }),
  /** The receiver of webhooks answers 500 (`refuse`), or takes calls and does not answer (`stall`). */
  z.object({
    atMs,
    fault: z.literal("misbehave"),
    target: z.literal("receiver"),
    how: z.enum(["refuse", "stall"]),
    forMs,
  }),
  /** The LLM's server does. */
  z.object({ atMs, fault: z.literal("mislead"), target: z.literal("llm"), how: z.enum(LLM_FAULTS), forMs }),
  /** Somebody locks a table. */
  z.object({ atMs, fault: z.literal("lock"), table: z.string(), forMs }),
]);
export type Fault = z.infer<typeof faultSchema>;

export const submissionSchema = z.object({
  atMs,
  name: z.string(),
  /** The coordinator it asks first. */
  through: z.int(),
  /** `kind:number`, or `kind:number:copy` for the same bytes under another name. */
  documents: z.array(z.string()),
  /** How documents come: as files that workers see, as uploads of the client, or from a bucket that coordinators list. */
  carrier: z.enum(["files", "uploads", "bucket"]),
  /** Every so many uploads one is sent in pieces, which another process goes on with. 0: none. */
  piecesEvery: z.int().min(0),
  /** Over so many folders of the bucket, each a source of its own. */
  folders: z.int().min(1),
  classifier: z.enum(["rules", "llm", "none"]),
  priority: z.enum(PRIORITIES),
  deduplicate: z.boolean(),
  force: z.boolean(),
  /** Items handed in at a time, and the rest between. */
  chunk: z.int().min(1),
  restMs: z.int().min(0),
  /** Its process is killed so long after its start, once for each; then another one continues. */
  killsAfterMs: z.array(z.int()),
  /** It is cancelled so long after its beginning. */
  cancelAfterMs: z.int().nullable(),
  /** It is paused so long after its beginning, for so long. */
  pause: z.object({ afterMs: z.int(), forMs }).nullable(),
  /** It becomes urgent so long after its beginning. */
  urgentAfterMs: z.int().nullable(),
  /** What has failed of it by then is tried again. */
  retryAfterMs: z.int().nullable(),
  /** It is deleted: so long after its beginning, cancelled for it, or else as soon as it has ended. */
  delete: z.object({ afterMs: z.int(), cancelFirst: z.boolean() }).nullable(),
});
export type Submission = z.infer<typeof submissionSchema>;

export const exportSchema = z.object({
  atMs,
  /** Chooses among the batches that are open by then. */
  pick: z.number(),
  rows: z.enum(["results", "pages"]),
  format: z.enum(EXPORT_FORMATS),
  /** Its connection is reset as soon as something has come. */
  reset: z.boolean(),
});
export type PlannedExport = z.infer<typeof exportSchema>;

/** A token is made, used all the time, and revoked after `livesMs`. */
export const tokenSchema = z.object({ atMs, name: z.string(), livesMs: z.int() });
export type PlannedToken = z.infer<typeof tokenSchema>;

export const roundSchema = z.object({
  /** How long faults go on; the quiet point comes after. */
  stormMs: z.int(),
  submissions: z.array(submissionSchema),
  exports: z.array(exportSchema),
  tokens: z.array(tokenSchema),
  /** When the process that listens to events is killed; another one goes on. */
  watcherKillsAtMs: z.array(z.int()),
  faults: z.array(faultSchema),
});
export type Round = z.infer<typeof roundSchema>;

export const planSchema = z.object({
  format: z.literal(4),
  seed: z.int(),
  coordinators: z.int().min(1),
  workers: z.int().min(1),
  /** Whether there is an S3 server. */
  s3: z.boolean(),
  rounds: z.array(roundSchema),
});
export type Plan = z.infer<typeof planSchema>;
