import { SourceFault, type SourceFaultCode } from "../source-fault.ts";
import { ARCHIVE_LIMITS } from "./archive-limits.ts";

/** A file in an archive. */
export interface ArchiveMember {
  /** As `memberName` makes it; for one at fault, as the archive has it. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Why it cannot be read although the others can. */
  readonly fault: { readonly code: SourceFaultCode; readonly message: string } | null;
}

/** Counts what an archive holds, and ends it with ARCHIVE_LIMIT or DECOMPRESSION_RATIO_LIMIT. */
export class MemberCount {
  #members = 0;
  #bytes = 0;

  add(sizeBytes: number): void {
    this.#members += 1;
    this.#bytes += sizeBytes;
    const { members, totalBytes } = ARCHIVE_LIMITS;
    if (this.#members > members) {
      throw new SourceFault("ARCHIVE_LIMIT", `The archive has more than ${members} members.`);
    }
    if (this.#bytes > totalBytes) {
      throw new SourceFault("ARCHIVE_LIMIT", `The members have more than ${totalBytes} bytes together.`);
    }
  }

  /** `read`: all that has been unpacked, of which what was added are the members. */
  checkHeaders(read: number): void {
    if (read - this.#bytes <= ARCHIVE_LIMITS.headerBytes) return;
    throw new SourceFault(
      "ARCHIVE_LIMIT",
      `The archive has more than ${ARCHIVE_LIMITS.headerBytes} bytes beside its members.`,
    );
  }

  /** `packed`: what has been read of the archive for all that was added. */
  checkRatio(packed: number): void {
    checkRatio(this.#bytes, packed);
  }
}

export function checkRatio(unpacked: number, packed: number): void {
  const { ratio, ratioFromBytes } = ARCHIVE_LIMITS;
  if (unpacked < ratioFromBytes || unpacked <= packed * ratio) return;
  throw new SourceFault(
    "DECOMPRESSION_RATIO_LIMIT",
    `It would unpack to ${unpacked} bytes from ${packed}, more than ${ratio} times as many.`,
  );
}
