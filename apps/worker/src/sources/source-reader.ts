import { displayUri } from "@sluice/contracts/file-uri";
import { parseSource, type SourcePlace } from "@sluice/contracts/source-uri";
import type { RemotePlace, RemoteSources } from "@sluice/sources/remote";
import { SourceFault } from "@sluice/sources/source-fault";
import { ArchiveShelf } from "./archive-shelf.ts";
import { collectBytes } from "./collect-bytes.ts";
import type { FileSource, SourceBytes } from "./file-source.ts";
import { sourceFailure, type SourceFailure } from "./source-failure.ts";

export interface ReadLimits {
  readonly maxBytes: number;
  /** For what comes over a network: past it the server counts as out of reach. */
  readonly timeoutMs: number;
  /** Where an upload lies: a signed link that came with the item. */
  readonly fetchUrl?: string | undefined;
}

/**
 * Sources of every scheme behind one call. A file is read at once, in this turn of the event loop; everything else is a
 * promise. All outcomes are values.
 */
export class SourceReader {
  readonly #files: FileSource;
  readonly #shelf: ArchiveShelf;
  #remote: RemoteSources | null = null;
  #coordinators: readonly string[] = [];
  #leftMuch = false;

  constructor(files: FileSource) {
    this.#files = files;
    this.#shelf = new ArchiveShelf(files);
  }

  /** How other machines are reached; before it is said, they are not. */
  reach(remote: RemoteSources, coordinators: readonly string[]): void {
    this.#remote = remote;
    this.#coordinators = coordinators;
  }

  read(uri: string, limits: ReadLimits): SourceBytes | SourceFailure | Promise<SourceBytes | SourceFailure> {
    // Most are: and this one costs no promise.
    if (uri.startsWith("file:///") && !uri.includes("#")) return this.#files.read(uri, limits.maxBytes);
    return this.#readSafely(uri, limits);
  }

  /** Gives back what a huge document made it grow by. Returns whether there was anything. */
  trim(): boolean {
    const much = this.#leftMuch;
    this.#leftMuch = false;
    return this.#files.trim() || much;
  }

  async #readSafely(uri: string, limits: ReadLimits): Promise<SourceBytes | SourceFailure> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), limits.timeoutMs);
    try {
      const read = await this.#readElsewhere(uri, limits, deadline.signal);
      if (read.ok && read.bytes.length > KEPT_BYTES) this.#leftMuch = true;
      return read;
    } catch (error) {
      if (deadline.signal.aborted) {
        const seconds = Math.round(limits.timeoutMs / 1_000);
        return sourceFailure("SOURCE_UNAVAILABLE", `Its bytes had not all come after ${seconds} s.`);
      }
      if (error instanceof SourceFault) return sourceFailure(error.code, error.message);
      return sourceFailure("SOURCE_UNREADABLE", `Reading failed: ${String(error).slice(0, 200)}.`);
    } finally {
      clearTimeout(timer);
    }
  }

  async #readElsewhere(uri: string, limits: ReadLimits, signal: AbortSignal): Promise<SourceBytes | SourceFailure> {
    const source = parseSource(uri);
    if (source === null) {
      const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0] ?? "a path";
      return sourceFailure("SOURCE_UNREADABLE", `It is no source that can be read: ${displayUri(scheme)}.`);
    }
    const { place, member } = source;
    if (place.scheme === "file") {
      return await this.#shelf.readMember({ uri: source.uri, place }, member ?? "", limits.maxBytes, signal);
    }
    const remote = this.#remote;
    if (remote === null) return sourceFailure("SOURCE_NOT_ALLOWED", "This process reads files only.");
    return await this.#oneOf(remotePlaces(place, limits.fetchUrl, this.#coordinators), async (where) => {
      if (member !== null) {
        return await this.#shelf.readMember({ uri: source.uri, place: where, remote }, member, limits.maxBytes, signal);
      }
      const body = await remote.open(where, limits.maxBytes, signal);
      const read = await collectBytes(body.bytes, { ...limits, size: body.size, sourceVersion: body.version });
      if (place.scheme !== "upload" || !read.ok || read.contentHash === place.contentHash) return read;
      return sourceFailure("SOURCE_CHANGED", "Other bytes came than those that were uploaded.");
    });
  }

  /** The first place that answers: an upload can be had from any coordinator, and one of them may be gone. */
  async #oneOf<Read>(places: readonly RemotePlace[], read: (place: RemotePlace) => Promise<Read>): Promise<Read> {
    for (const place of places.slice(0, -1)) {
      try {
        return await read(place);
      } catch (error) {
        if (!(error instanceof SourceFault) || error.code !== "SOURCE_UNAVAILABLE") throw error;
      }
    }
    const last = places.at(-1);
    if (last === undefined) throw new SourceFault("SOURCE_UNAVAILABLE", "No coordinator is known that has the upload.");
    return await read(last);
  }
}

// What one buffer of this process keeps anyway.
const KEPT_BYTES = 8 << 20;

function remotePlaces(
  place: Exclude<SourcePlace, { scheme: "file" }>,
  fetchUrl: string | undefined,
  coordinators: readonly string[],
): RemotePlace[] {
  if (place.scheme !== "upload") return [place];
  if (fetchUrl === undefined) throw new SourceFault("SOURCE_NOT_ALLOWED", "An upload came without the link to it.");
  const urls = fetchUrl.startsWith("/")
    ? coordinators.map((url) => `${url.replace(/\/$/, "")}${fetchUrl}`)
    : [fetchUrl];
  return urls.map((url) => ({ scheme: "link", url, version: `sha256:${place.contentHash}` }) as const);
}
