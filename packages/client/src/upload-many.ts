import type { Upload } from "@sluice/contracts";
import type { UploadOptions } from "./upload.ts";
import type { UploadSource } from "./upload-source.ts";

export interface UploadManyOptions extends Omit<UploadOptions, "name" | "onProgress"> {
  /** At a time. Default 4. */
  concurrency?: number;
  /** What a source is called; default: its own name. */
  nameOf?: (source: UploadSource) => string | undefined;
}

export type UploadOutcome =
  | { readonly source: UploadSource; readonly upload: Upload }
  | { readonly source: UploadSource; readonly error: unknown };

/** See `SluiceClient.uploadMany`. Sources are taken as there is room for them, so that they may be a listing without end. */
export async function* uploadMany(
  uploadOne: (source: UploadSource, options: UploadOptions) => Promise<Upload>,
  sources: Iterable<UploadSource> | AsyncIterable<UploadSource>,
  { concurrency = 4, nameOf, ...options }: UploadManyOptions = {},
): AsyncGenerator<UploadOutcome, void, undefined> {
  let running: Promise<UploadOutcome>[] = [];
  const start = async (source: UploadSource): Promise<UploadOutcome> => {
    const name = nameOf?.(source);
    try {
      return { source, upload: await uploadOne(source, name === undefined ? options : { ...options, name }) };
    } catch (error) {
      return { source, error };
    }
  };
  for await (const source of sources) {
    options.signal?.throwIfAborted();
    running.push(start(source));
    const [first] = running;
    if (running.length < concurrency || first === undefined) continue;
    yield await first;
    running = running.slice(1);
  }
  for (const outcome of running) yield await outcome;
}
