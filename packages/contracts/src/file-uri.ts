/**
 * Paths as URIs, without loss: Unix paths are bytes, not text (RFC 8089). A name with a newline or with bytes that are no
 * UTF-8 survives the round trip.
 */
import { percentDecode, percentEncode } from "./percent-bytes.ts";

/** `file://` URI of an absolute path given as bytes or as text. */
export function fileUri(absolutePath: Uint8Array | string): string {
  return `file://${percentEncode(absolutePath)}`;
}

/** The bytes of the path in a `file://` URI, or null when it is not one. */
export function filePathBytes(uri: string): Uint8Array | null {
  // A raw `#` starts the name of an archive's member; in a path it is encoded.
  if (!uri.startsWith("file:///") || uri.includes("#")) return null;
  return percentDecode(uri.slice("file://".length));
}

// Control characters, line separators and what turns the direction of text round.
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A name for people: decoded, with bytes that are no text and control characters made visible. */
export function displayUri(uri: string): string {
  // Control characters in a stored name must not reach a terminal or a log line.
  return readable(uri).replaceAll(UNSHOWABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const UPLOAD = /^upload:\/\/[0-9a-f]{64}\//;

/** A path without its scheme, an upload by its name; the others keep their scheme, which says where to look. */
function readable(uri: string): string {
  const at = uri.indexOf("#/");
  if (at >= 0 && /^[a-z0-9]+:\/\//.test(uri)) return `${readable(uri.slice(0, at))}#/${decoded(uri.slice(at + 2))}`;
  if (uri.startsWith("file:///")) return decoded(uri.slice("file://".length), uri);
  if (UPLOAD.test(uri)) return `upload:${decoded(uri.replace(UPLOAD, ""))}`;
  return uri.startsWith("s3://") ? decoded(uri) : uri;
}

function decoded(encoded: string, otherwise: string = encoded): string {
  const bytes = percentDecode(encoded);
  return bytes === null ? otherwise : new TextDecoder().decode(bytes);
}
