import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "@sluice/contracts";

/** A path, bytes in memory or in a Blob (a `File` has a name), or a stream, which can be sent once only. */
export type UploadSource = string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

export interface OpenedSource {
  readonly body: Blob | ReadableStream<Uint8Array>;
  /** What it is called, when it says so itself. */
  readonly name: string | undefined;
}

/** PATH_NOT_FOUND; USAGE for a path to something that is no regular file. */
export async function openUploadSource(source: UploadSource): Promise<OpenedSource> {
  if (source instanceof ReadableStream) return { body: source, name: undefined };
  if (source instanceof Uint8Array) return { body: new Blob([source]), name: undefined };
  if (typeof source !== "string") {
    return { body: source, name: "name" in source && typeof source.name === "string" ? source.name : undefined };
  }
  const found = await stat(source).catch((error: unknown) => {
    throw new AppError("PATH_NOT_FOUND", `"${source}" cannot be read.`, { cause: error });
  });
  // Opening a pipe would wait for its writer.
  if (!found.isFile()) throw new AppError("USAGE", `"${source}" is no regular file.`);
  return { body: await openAsBlob(source), name: basename(source) };
}
