/**
 * A member's path as it may become part of a URI and, one day, of a path on somebody's disk: relative, `/` between parts,
 * without `.`. null for what points out of where it would be unpacked (zip slip), or is no name at all.
 */
export function memberName(raw: string): string | null {
  const path = raw.replaceAll("\\", "/");
  if (/^[A-Za-z]:/.test(path) || path.includes("\0")) return null;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0 || parts.includes("..")) return null;
  const name = parts.join("/");
  return name.length <= 4_096 ? name.toWellFormed() : null;
}
