import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import type { RandomReader } from "../random-reader.ts";
import { SourceFault } from "../source-fault.ts";
import { type ArchiveMember, checkRatio, MemberCount } from "./archive-member.ts";
import { memberName } from "./member-name.ts";

const STORED = 0;
const DEFLATED = 8;

interface ZipMember extends ArchiveMember {
  readonly entry: yauzl.Entry;
}

/** A zip file by its central directory, which is read at opening; members are read in any order. Throws SourceFault. */
export class ZipArchive {
  readonly #zip: yauzl.ZipFile;
  readonly #members: ReadonlyMap<string, ZipMember>;

  private constructor(zip: yauzl.ZipFile, members: ReadonlyMap<string, ZipMember>) {
    this.#zip = zip;
    this.#members = members;
  }

  static async open(reader: RandomReader): Promise<ZipArchive> {
    try {
      const ranges = new RangeReader(reader);
      const zip = await openDirectory(ranges, reader.size);
      const members = await readDirectory(zip, reader.size);
      ranges.endDirectory();
      return new ZipArchive(zip, members);
    } catch (error) {
      throw asFault(error);
    }
  }

  /** In the order of the directory; of a name that comes twice, the last one counts, as unpacking would leave it. */
  members(): Iterable<ArchiveMember> {
    return this.#members.values();
  }

  /** null: there is none. */
  sizeOf(name: string): number | null {
    return this.#members.get(name)?.sizeBytes ?? null;
  }

  /** The bytes of a member, checked against the size and the checksum the directory gives. */
  async *read(name: string, maxBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
    const member = this.#members.get(name);
    if (member === undefined) throw new SourceFault("SOURCE_NOT_FOUND", "The archive has no such member.");
    if (member.fault !== null) throw new SourceFault(member.fault.code, member.fault.message);
    if (member.sizeBytes > maxBytes) {
      const message = `The member has ${member.sizeBytes} bytes; this batch accepts ${maxBytes}.`;
      throw new SourceFault("SOURCE_TOO_LARGE", message);
    }
    checkRatio(member.sizeBytes, member.entry.compressedSize);
    let checksum = 0;
    try {
      for await (const chunk of await openMember(this.#zip, member.entry)) {
        const bytes = chunk as Buffer;
        checksum = crc32(bytes, checksum);
        yield bytes;
      }
    } catch (error) {
      throw asFault(error);
    }
    if (checksum !== member.entry.crc32) throw new SourceFault("ARCHIVE_INVALID", "The member's checksum is wrong.");
  }
}

function openDirectory(ranges: RangeReader, size: number): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are decoded here: the library ends the whole archive at the first one that points out of it.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
    yauzl.fromRandomAccessReader(ranges, size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}

/** Whole, before anything of it is used: so that a bomb is known as one before its first member is read. */
function readDirectory(zip: yauzl.ZipFile, size: number): Promise<ReadonlyMap<string, ZipMember>> {
  return new Promise((resolve, reject) => {
    const members = new Map<string, ZipMember>();
    const count = new MemberCount();
    zip.on("error", reject);
    zip.on("end", () => resolve(members));
    zip.on("entry", (entry: yauzl.Entry) => {
      try {
        const member = memberOf(entry);
        // Folders are no members, and as many of them as one likes would be no limit.
        count.add(member?.sizeBytes ?? 0);
        if (member !== null) {
          count.checkRatio(size);
          members.delete(member.name);
          members.set(member.name, member);
        }
        zip.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    zip.readEntry();
  });
}

/** null: a folder. */
function memberOf(entry: yauzl.Entry): ZipMember | null {
  const { generalPurposeBitFlag, fileNameRaw, extraFields, uncompressedSize: sizeBytes, compressionMethod } = entry;
  const raw = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  if (raw.endsWith("/")) return null;
  const name = memberName(raw);
  if (name === null) {
    const message = "The member's name points out of the archive.";
    return { name: raw, sizeBytes, entry, fault: { code: "SOURCE_NOT_ALLOWED", message } };
  }
  if (entry.isEncrypted()) {
    const message = "The member is encrypted inside its archive.";
    return { name, sizeBytes, entry, fault: { code: "UNSUPPORTED_ENCRYPTION", message } };
  }
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    const message = `The member is packed by method ${compressionMethod}; stored and deflated ones are read.`;
    return { name, sizeBytes, entry, fault: { code: "ARCHIVE_INVALID", message } };
  }
  return { name, sizeBytes, entry, fault: null };
}

function openMember(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
}

/** Entries of the directory are asked for one by one; each would be a request to where the archive lies. */
const DIRECTORY_BYTES = 256 << 10;

class RangeReader extends yauzl.RandomAccessReader {
  readonly #reader: RandomReader;
  #directory = true;
  #block = Buffer.alloc(0);
  #blockStart = 0;

  constructor(reader: RandomReader) {
    super();
    this.#reader = reader;
  }

  /** What is read from here on are members, here and there. */
  endDirectory(): void {
    this.#directory = false;
    this.#block = Buffer.alloc(0);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const answer = async () => {
      try {
        (await this.#bytesAt(position, length)).copy(buffer, offset);
      } catch (error) {
        callback(error as Error);
        return;
      }
      callback(null);
    };
    void answer();
  }

  async #bytesAt(position: number, length: number): Promise<Buffer> {
    const from = position - this.#blockStart;
    if (from >= 0 && from + length <= this.#block.length) return this.#block.subarray(from, from + length);
    const ahead = this.#directory ? Math.min(this.#reader.size, position + DIRECTORY_BYTES) : 0;
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#within(position, Math.max(position + length, ahead))) chunks.push(chunk);
    const block = Buffer.concat(chunks);
    if (this.#directory) {
      this.#block = block;
      this.#blockStart = position;
    }
    return block.subarray(0, length);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#within(start, end), { objectMode: false });
  }

  async *#within(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (end > this.#reader.size) throw new SourceFault("ARCHIVE_INVALID", "Its directory points past its end.");
    yield* this.#reader.read(start, end);
  }
}

function asFault(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SourceFault("ARCHIVE_INVALID", `The archive cannot be read: ${message.slice(0, 200)}.`, { cause: error });
}
