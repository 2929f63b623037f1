import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { SourceFault } from "../source-fault.ts";
import { type ArchiveMember, MemberCount } from "./archive-member.ts";
import { memberName } from "./member-name.ts";

export interface TarMember extends ArchiveMember {
  /** Its bytes, once, before the next member is asked for; left unread they are passed over. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * The files of a tar in one pass, in the order in which they lie there. A name that came before is at fault: which of the two
 * is meant cannot be known before the end. Throws SourceFault. Leaving the loop closes the stream.
 */
export async function* readTar(
  bytes: AsyncIterable<Uint8Array>,
  gzip: boolean,
): AsyncGenerator<TarMember, void, undefined> {
  const count = new MemberCount();
  const seen = new Set<string>();
  let packed = 0;
  const counted = async function* () {
    for await (const chunk of bytes) {
      packed += chunk.length;
      yield chunk;
    }
  };
  const unpacked = extract();
  const source = Readable.from(counted(), { objectMode: false });
  const measured = async function* (chunks: AsyncIterable<Uint8Array>) {
    let read = 0;
    for await (const chunk of chunks) {
      read += chunk.length;
      count.checkHeaders(read);
      yield chunk;
    }
  };
  if (gzip) pipeline(source, createGunzip(), measured, unpacked, () => undefined);
  else pipeline(source, unpacked, () => undefined);
  try {
    // The types of the library lag behind: its extractor can be iterated.
    for await (const entry of unpacked as unknown as AsyncIterable<Entry>) {
      const member = memberOf(entry, seen);
      // Folders and links count: a stream of nothing else would have no end.
      count.add(member?.sizeBytes ?? 0);
      if (member === null) {
        entry.resume();
        continue;
      }
      if (gzip) count.checkRatio(packed + READ_AHEAD_BYTES);
      yield member;
      entry.resume();
    }
  } catch (error) {
    throw asFault(error);
  } finally {
    source.destroy();
  }
}

type Entry = Readable & { readonly header: Header };

// A member's size is known before its bytes have been unpacked: what is promised is held against a little more than was read.
const READ_AHEAD_BYTES = 1 << 20;

/** null: a folder, a link, a device. */
function memberOf(entry: Entry, seen: Set<string>): TarMember | null {
  const { type, name: raw, size: sizeBytes } = entry.header;
  if (type !== "file" && type !== "contiguous-file") return null;
  const body = entry as AsyncIterable<Uint8Array>;
  const name = memberName(raw);
  if (name === null) {
    const message = "The member's name points out of the archive.";
    return { name: raw.toWellFormed(), sizeBytes, body, fault: { code: "SOURCE_NOT_ALLOWED", message } };
  }
  if (seen.has(name)) {
    const message = "The archive has this name more than once; the first one is read.";
    return { name, sizeBytes, body, fault: { code: "ARCHIVE_INVALID", message } };
  }
  seen.add(name);
  return { name, sizeBytes, body, fault: null };
}

function asFault(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SourceFault("ARCHIVE_INVALID", `The archive cannot be read: ${message.slice(0, 200)}.`, { cause: error });
}
