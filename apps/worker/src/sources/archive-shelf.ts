import {
  type ArchiveKind,
  archiveKind,
  FileReader,
  type RandomReader,
  readTar,
  type TarMember,
  ZipArchive,
} from "@sluice/sources/archives";
import { fileVersion } from "@sluice/sources/files";
import type { RemotePlace, RemoteSources } from "@sluice/sources/remote";
import { SourceFault } from "@sluice/sources/source-fault";
import { collectBytes } from "./collect-bytes.ts";
import type { FileSource, SourceBytes } from "./file-source.ts";
import type { SourceFailure } from "./source-failure.ts";

/** Where an archive lies; its own URI is its name, by which its kind is told. */
export type ArchivePlace =
  | { readonly uri: string; readonly place: { readonly scheme: "file" } }
  | { readonly uri: string; readonly place: RemotePlace; readonly remote: RemoteSources };

interface MemberLimits {
  readonly maxBytes: number;
}

/** An archive that members are read from, one after the other. */
interface OpenArchive {
  readonly uri: string;
  readonly version: string;
  /** Ends what is under way, and closes. */
  close(): void;
  read(member: string, limits: MemberLimits): Promise<SourceBytes | SourceFailure>;
}

/**
 * Keeps the archive that was read last, because the next document is likely to be its next member: a zip's directory is then
 * read once, and a packed tar unpacked once. What lies in a tar before a member that was passed needs a new pass.
 */
export class ArchiveShelf {
  readonly #files: FileSource;
  #open: OpenArchive | null = null;
  #link: string | null = null;

  constructor(files: FileSource) {
    this.#files = files;
  }

  /** Throws SourceFault. An abort closes the archive. */
  async readMember(
    archive: ArchivePlace,
    member: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<SourceBytes | SourceFailure> {
    const kept = this.#kept(archive);
    if (kept !== null) {
      try {
        return await this.#readFrom(kept, member, maxBytes, signal);
      } catch (error) {
        // Its connection may have ended while it lay here, or its file been replaced: a fresh look decides.
        if (signal.aborted || !(error instanceof SourceFault) || !PASSING.has(error.code)) throw error;
      }
    }
    this.#close();
    this.#open = await this.#opened(archive);
    this.#link = linkOf(archive);
    return await this.#readFrom(this.#open, member, maxBytes, signal);
  }

  async #readFrom(
    open: OpenArchive,
    member: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<SourceBytes | SourceFailure> {
    const stop = () => this.#close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await open.read(member, { maxBytes });
    } catch (error) {
      this.#close();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #kept(archive: ArchivePlace): OpenArchive | null {
    // The link that it was opened by may hold no more.
    if (this.#open?.uri !== archive.uri || this.#link !== linkOf(archive)) return null;
    if (archive.place.scheme !== "file") return this.#open;
    return this.#files.versionOf(archive.uri) === this.#open.version ? this.#open : null;
  }

  #close(): void {
    this.#open?.close();
    this.#open = null;
  }

  async #opened(archive: ArchivePlace): Promise<OpenArchive> {
    const kind = archiveKind(new URL(archive.uri).pathname);
    if (kind === null) throw new SourceFault("SOURCE_UNREADABLE", "What it is said to be a member of is no archive.");
    if (!("remote" in archive)) {
      const { descriptor, facts } = this.#files.open(archive.uri);
      const reader = new FileReader(descriptor, Number(facts.size));
      const end = () => reader[Symbol.dispose]();
      return await openArchive(archive.uri, kind, { reader, version: fileVersion(facts), end });
    }
    const abort = new AbortController();
    const reader = await archive.remote.reader(archive.place, abort.signal);
    return await openArchive(archive.uri, kind, { reader, version: reader.version, end: () => abort.abort() });
  }
}

const PASSING: ReadonlySet<string> = new Set(["SOURCE_UNAVAILABLE", "SOURCE_CHANGED"]);

function linkOf({ place }: ArchivePlace): string | null {
  return place.scheme === "link" ? place.url : null;
}

async function openArchive(
  uri: string,
  kind: ArchiveKind,
  { reader, version, end }: { reader: RandomReader; version: string; end: () => void },
): Promise<OpenArchive> {
  try {
    if (kind === "zip") {
      const zip = await ZipArchive.open(reader);
      const read: OpenArchive["read"] = (member, { maxBytes }) =>
        collectBytes(zip.read(member, maxBytes), { size: zip.sizeOf(member), maxBytes, sourceVersion: version });
      return { uri, version, close: end, read };
    }
    const pass = new TarPass(reader, kind === "tar.gz");
    return { uri, version, close: end, read: (member, { maxBytes }) => pass.read(member, maxBytes, version) };
  } catch (error) {
    end();
    throw error;
  }
}

/** Goes through a tar from its start, and starts again for what lies behind. */
class TarPass {
  readonly #reader: RandomReader;
  readonly #gzip: boolean;
  #members: AsyncGenerator<TarMember, void, undefined>;
  #passed = new Set<string>();

  constructor(reader: RandomReader, gzip: boolean) {
    this.#reader = reader;
    this.#gzip = gzip;
    this.#members = this.#start();
  }

  async read(name: string, maxBytes: number, sourceVersion: string): Promise<SourceBytes | SourceFailure> {
    if (this.#passed.has(name)) {
      await this.#members.return();
      this.#members = this.#start();
    }
    for (;;) {
      const next = await this.#members.next();
      if (next.done === true) break;
      const member = next.value;
      this.#passed.add(member.name);
      if (member.name !== name) continue;
      if (member.fault !== null) throw new SourceFault(member.fault.code, member.fault.message);
      if (member.sizeBytes > maxBytes) {
        const message = `The member has ${member.sizeBytes} bytes; this batch accepts ${maxBytes}.`;
        throw new SourceFault("SOURCE_TOO_LARGE", message);
      }
      return await collectBytes(member.body, { size: member.sizeBytes, maxBytes, sourceVersion });
    }
    this.#members = this.#start();
    throw new SourceFault("SOURCE_NOT_FOUND", "The archive has no such member.");
  }

  #start(): AsyncGenerator<TarMember, void, undefined> {
    this.#passed = new Set();
    return readTar(this.#reader.read(0, this.#reader.size), this.#gzip);
  }
}
