/**
 * Where a submission stands, kept in a file of this user, so that the same command goes on after the death of its process.
 * There is one file a submission (what, how, and to whom), and none when it has ended.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SubmissionCheckpoint } from "@sluice/client";
import { z } from "zod";

const entrySchema = z.object({
  /** Names the opening of the batch: opening again under this name opens no other one. */
  idempotencyKey: z.string(),
  checkpoint: z.object({ batchId: z.string(), items: z.int(), digest: z.string() }).nullable(),
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
    if (left === null) await journal.#write();
    return journal;
  }

  get idempotencyKey(): string {
    return this.#entry.idempotencyKey;
  }

  get checkpoint(): SubmissionCheckpoint | null {
    return this.#entry.checkpoint;
  }

  async advance(checkpoint: SubmissionCheckpoint): Promise<void> {
    this.#entry = { ...this.#entry, checkpoint };
    await this.#write();
  }

  /** Begins again, as another submission. */
  async restart(): Promise<void> {
    this.#entry = freshEntry();
    await this.#write();
  }

  async end(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** Without a place to write, as on a full or read-only disk, the submission works and can only be handed in anew. */
  async #write(): Promise<void> {
    const draft = `${this.#path}.${process.pid}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(draft, JSON.stringify(this.#entry), { mode: 0o600 });
      await rename(draft, this.#path);
    } catch {
      await rm(draft, { force: true }).catch(() => {});
    }
  }
}

function freshEntry(): JournalEntry {
  return { idempotencyKey: crypto.randomUUID(), checkpoint: null };
}

async function readEntry(path: string): Promise<JournalEntry | null> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}
