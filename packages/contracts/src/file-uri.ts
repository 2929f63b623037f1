/**
 * Paths as URIs, without loss: Unix paths are bytes, not text, so every byte outside the unreserved ASCII set is
 * percent-encoded (RFC 8089, RFC 3986). A name with a newline or with bytes that are no UTF-8 survives the round trip.
 */

const UNRESERVED = new Uint8Array(256);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/") {
  UNRESERVED[char.charCodeAt(0)] = 1;
}

const HEX = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);

/** `file://` URI of an absolute path given as bytes or as text. */
export function fileUri(absolutePath: Uint8Array | string): string {
  const bytes = typeof absolutePath === "string" ? new TextEncoder().encode(absolutePath) : absolutePath;
  let encoded = "file://";
  for (const byte of bytes) {
    encoded += UNRESERVED[byte] === 1 ? String.fromCharCode(byte) : (HEX[byte] ?? "");
  }
  return encoded;
}

/** The bytes of the path in a `file://` URI, or null when it is not one. */
export function filePathBytes(uri: string): Uint8Array | null {
  if (!uri.startsWith("file:///")) return null;
  const encoded = uri.slice("file://".length);
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index += 1) {
    let byte = encoded.charCodeAt(index);
    if (byte > 0x7f) return null;
    if (byte === 0x25) {
      byte = Number.parseInt(encoded.slice(index + 1, index + 3), 16);
      if (!Number.isInteger(byte) || byte === 0) return null;
      index += 2;
    }
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

// Control characters, line separators and what turns the direction of text round.
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A name for people: the decoded path, with bytes that are no text and control characters made visible. */
export function displayUri(uri: string): string {
  const bytes = filePathBytes(uri);
  const text = bytes === null ? uri : new TextDecoder().decode(bytes);
  // Control characters in a stored name must not reach a terminal or a log line.
  return text.replaceAll(UNSHOWABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
