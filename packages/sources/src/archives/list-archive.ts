import type { RandomReader } from "../random-reader.ts";
import type { ArchiveKind } from "./archive-kind.ts";
import type { ArchiveMember } from "./archive-member.ts";
import { readTar } from "./tar-archive.ts";
import { ZipArchive } from "./zip-archive.ts";

/** The files of an archive, those at fault among them, in an order that is the same each time. Throws SourceFault. */
export async function* listArchive(
  reader: RandomReader,
  kind: ArchiveKind,
): AsyncGenerator<ArchiveMember, void, undefined> {
  if (kind === "zip") {
    yield* (await ZipArchive.open(reader)).members();
    return;
  }
  yield* readTar(reader.read(0, reader.size), kind === "tar.gz");
}
