/**
 * Uploads as sources: `upload://<SHA-256>/<name>`, the name percent-encoded as paths are. The hash alone says which bytes
 * they are; the name is for people, and no path on any machine is made of it.
 */
import { filePathBytes, fileUri } from "./file-uri.ts";

export interface UploadSource {
  /** SHA-256 in lower-case hexadecimal. */
  readonly contentHash: string;
  readonly name: string;
  /** What follows the upload's own URI, `#/…`: a member of the archive that it is. Empty for the upload itself. */
  readonly member: string;
}

const UPLOAD = /^upload:\/\/([0-9a-f]{64})\/([A-Za-z0-9._~/%-]+)(#\/.+)?$/s;
const FILE_PREFIX = fileUri("");

/** The URI of uploaded bytes under a name; what is no text in the name becomes U+FFFD. */
export function uploadUri(contentHash: string, name: string): string {
  return `upload://${contentHash}/${fileUri(name).slice(FILE_PREFIX.length)}`;
}

/** What an `upload://` URI says, or null when it is not one. */
export function parseUploadUri(uri: string): UploadSource | null {
  const [, contentHash, encoded, member = ""] = UPLOAD.exec(uri) ?? [];
  if (contentHash === undefined || encoded === undefined) return null;
  const bytes = filePathBytes(`${FILE_PREFIX}/${encoded}`);
  if (bytes === null) return null;
  return { contentHash, name: new TextDecoder().decode(bytes.subarray(1)), member };
}

/** The source version of uploaded bytes: they cannot change. */
export function uploadVersion(contentHash: string): string {
  return `sha256:${contentHash}`;
}
