export type ArchiveKind = "zip" | "tar" | "tar.gz";

/** By the name alone: what is an archive is decided before a byte is read. null: a document. */
export function archiveKind(name: string): ArchiveKind | null {
  const lower = name.toLowerCase();
  if (lower.endsWith(".zip")) return "zip";
  if (lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) return "tar.gz";
  return lower.endsWith(".tar") ? "tar" : null;
}
