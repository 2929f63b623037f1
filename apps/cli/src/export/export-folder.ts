import { close, open } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SluiceClient } from "@sluice/client";
import { displayUri, type ExtractState, type PageRow } from "@sluice/contracts";
import { FileDescriptorWriter } from "../output/file-descriptor-writer.ts";
import { documentName } from "./document-name.ts";
import { exportError } from "./export-target.ts";
import { type FolderTarget, openFolder } from "./folder-target.ts";
import { markdownText } from "./markdown-text.ts";

export interface FolderExport {
  /** Files written now, and those that an earlier run had written. */
  readonly written: number;
  readonly kept: number;
}

/**
 * Writes the stored text of each document of a batch into a file of its own. A file appears whole or not at all; a run that was
 * broken off is gone on with by the same command. Memory is that of one page.
 */
export async function exportFolder(
  client: Pick<SluiceClient, "pages" | "getBatch">,
  batchId: string,
  target: FolderTarget,
  state?: ExtractState,
): Promise<FolderExport> {
  const batch = await client.getBatch(batchId);
  const { done, after } = await openFolder(target, { batchId, finishedAt: batch.finishedAt, state: state ?? null });
  const options = { ...(state === undefined ? {} : { state }), ...(after === null ? {} : { after: String(after) }) };
  let file: DocumentFile | null = null;
  let written = 0;
  try {
    for await (const page of client.pages(batchId, options)) {
      if (done.has(page.ordinal)) continue;
      if (file?.ordinal !== page.ordinal) {
        if (file !== null) await file.finish();
        file = await DocumentFile.begin(target, page);
        written += 1;
      }
      await file.add(page);
    }
    await file?.finish();
    return { written, kept: done.size };
  } catch (error) {
    await file?.abandon();
    throw exportError(target, error);
  }
}

/** A document's file while it is written. */
class DocumentFile {
  readonly ordinal: number;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #writer: FileDescriptorWriter;
  readonly #markdown: boolean;

  private constructor(target: FolderTarget, { ordinal, uri }: PageRow, descriptor: number) {
    this.ordinal = ordinal;
    this.#path = pathOf(target, { ordinal, uri });
    this.#descriptor = descriptor;
    this.#writer = new FileDescriptorWriter(descriptor);
    this.#markdown = target.format === "markdown";
  }

  static async begin(target: FolderTarget, page: PageRow): Promise<DocumentFile> {
    const part = partOf(pathOf(target, page));
    await rm(part, { force: true });
    // Made anew: a link that somebody has put there is not followed.
    const file = new DocumentFile(target, page, await promisify(open)(part, "wx"));
    if (target.format === "markdown") await file.#writer.write(`# ${markdownText(displayUri(page.uri))}\n`);
    return file;
  }

  async add({ pageNo, text, verdict }: PageRow): Promise<void> {
    // A form feed is what ends a page in plain text.
    const before = this.#markdown ? `\n## Page ${pageNo}\n\n` : pageNo === 1 ? "" : "\f";
    const shown = text ?? "";
    const body = this.#markdown ? (shown.trim() === "" ? `*(no text: ${verdict})*` : markdownText(shown)) : shown;
    await this.#writer.write(`${before}${body}${body === "" || body.endsWith("\n") ? "" : "\n"}`);
  }

  async finish(): Promise<void> {
    await this.#writer.flush();
    await promisify(close)(this.#descriptor);
    await rename(partOf(this.#path), this.#path);
  }

  async abandon(): Promise<void> {
    await promisify(close)(this.#descriptor).catch(() => undefined);
    await rm(partOf(this.#path), { force: true });
  }
}

function pathOf({ path, format }: FolderTarget, { ordinal, uri }: Pick<PageRow, "ordinal" | "uri">): string {
  return join(path, documentName(ordinal, uri, format));
}

function partOf(path: string): string {
  return `${path}.part`;
}
