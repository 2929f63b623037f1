export { type ArchiveKind, archiveKind } from "./archive-kind.ts";
export { ARCHIVE_LIMITS } from "./archive-limits.ts";
export type { ArchiveMember } from "./archive-member.ts";
export { FileReader } from "./file-reader.ts";
export { listArchive } from "./list-archive.ts";
export { readTar, type TarMember } from "./tar-archive.ts";
export { ZipArchive } from "./zip-archive.ts";
export type { RandomReader } from "../random-reader.ts";
