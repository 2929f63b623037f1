/**
 * Where a submission stands, kept in a file of this user, so that the same command goes on after the death of its process.
 * There is one file a submission (what, how, and to whom), and none when it has ended.
 */
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SubmissionCheckpoint, UnfinishedUploads } from "@sluice/client";
import { z } from "zod";

const entrySchema = z.object({
  /** Names the opening of the batch: opening again under this name opens no other one. */
  idempotencyKey: z.string(),
  checkpoint: z.object({ batchId: z.string(), items: z.int(), digest: z.string() }).nullable(),
  /** Uploads in pieces that have begun, by the hash of their bytes. */
  unfinished: z.record(z.string(), z.string()).default({}),
});
export type JournalEntry = z.infer<typeof entrySchema>;

export class SubmissionJournal {
  readonly #folder: string;
  readonly #path: string;
  #entry: JournalEntry;

  private constructor(folder: string, path: string, entry: JournalEntry) {
    this.#folder = folder;
    this.#path = path;
    this.#entry = entry;
  }

  /** `resume: false` forgets what an earlier process has left. */
  static async open(
    stateDir: string,
    submission: { server: string; key: string },
    { resume }: { resume: boolean },
  ): Promise<SubmissionJournal> {
    const folder = join(stateDir, "submissions");
    const name = createHash("sha256").update(`${submission.server}\n${submission.key}`).digest("hex").slice(0, 32);
    const path = join(folder, `${name}.json`);
    const left = resume ? await readEntry(path) : null;
    const journal = new SubmissionJournal(folder, path, left ?? freshEntry());
    if (left === null) journal.#write();
    return journal;
  }

  get idempotencyKey(): string {
    return this.#entry.idempotencyKey;
  }

  get checkpoint(): SubmissionCheckpoint | null {
    return this.#entry.checkpoint;
  }

  /** Of files that are large enough to be sent in pieces; the others are sent anew. */
  get unfinished(): UnfinishedUploads {
    const uploads = new Map(Object.entries(this.#entry.unfinished));
    const keep = () => {
      this.#entry = { ...this.#entry, unfinished: Object.fromEntries(uploads) };
      this.#write();
    };
    return {
      get: (hash) => uploads.get(hash),
      set: (hash, id) => {
        uploads.set(hash, id);
        keep();
        return uploads;
      },
      delete: (hash) => {
        const known = uploads.delete(hash);
        if (known) keep();
        return known;
      },
    };
  }

  advance(checkpoint: SubmissionCheckpoint): void {
    this.#entry = { ...this.#entry, checkpoint };
    this.#write();
  }

  /** Begins again, as another submission; what has arrived of uploads is there all the same. */
  restart(): void {
    this.#entry = { ...freshEntry(), unfinished: this.#entry.unfinished };
    this.#write();
  }

  async end(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** Without a place to write, as on a full or read-only disk, the submission works and can only be handed in anew. */
  #write(): void {
    const draft = `${this.#path}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(draft, JSON.stringify(this.#entry), { mode: 0o600 });
      renameSync(draft, this.#path);
    } catch {
      rmSync(draft, { force: true });
    }
  }
}

function freshEntry(): JournalEntry {
  return { idempotencyKey: crypto.randomUUID(), checkpoint: null, unfinished: {} };
}

async function readEntry(path: string): Promise<JournalEntry | null> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}
