import { displayUri } from "@sluice/contracts";

const ORDINAL_DIGITS = 7;
const MAX_NAME_BYTES = 120;
const ENDS = { text: "txt", markdown: "md" } as const;

// Separators of any system, what its shells and file systems keep for themselves, and what has no shape of its own.
const UNSAFE = /[/\\:*?"<>|\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * The name of the file for a document: its number, which makes it one of a kind and keeps the order, and as much of its
 * own name as every file system takes. It never has a separator, and so never leads out of a folder.
 */
export function documentName(ordinal: number, uri: string, format: keyof typeof ENDS): string {
  const name = cut(ownName(uri).replaceAll(UNSAFE, "_").trim(), MAX_NAME_BYTES) || "document";
  return `${String(ordinal).padStart(ORDINAL_DIGITS, "0")}-${name}.${ENDS[format]}`;
}

/** The item that a name was made for; null for any other file. */
export function ordinalOf(fileName: string, format: keyof typeof ENDS): number | null {
  const match = /^(\d{7,10})-.*\.(\w+)$/su.exec(fileName);
  return match?.[2] === ENDS[format] ? Number(match[1]) : null;
}

/** The last part of its path, decoded; what follows a path in an address of the web may be secret, and is no name. */
function ownName(uri: string): string {
  const path = uri.startsWith("file:") ? displayUri(uri) : decoded(uri.replace(/^(https?:[^?#]*)\?[^#]*/, "$1"));
  return path.split("/").findLast((part) => part !== "") ?? "";
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** At most so many bytes of UTF-8, without half a character at the end. */
function cut(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text.normalize("NFC"));
  if (bytes.length <= maxBytes) return bytes.toString();
  return bytes
    .subarray(0, maxBytes)
    .toString()
    .replace(/\ufffd+$/, "");
}
