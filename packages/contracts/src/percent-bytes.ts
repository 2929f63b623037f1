/** Bytes in URIs: every byte outside the unreserved ASCII set and `/` is percent-encoded (RFC 3986), so that nothing is lost. */

const UNRESERVED = new Uint8Array(256);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/") {
  UNRESERVED[char.charCodeAt(0)] = 1;
}

const HEX = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);

export function percentEncode(bytes: Uint8Array | string): string {
  let encoded = "";
  for (const byte of typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes) {
    encoded += UNRESERVED[byte] === 1 ? String.fromCharCode(byte) : (HEX[byte] ?? "");
  }
  return encoded;
}

/** null: a stray `%`, a NUL, or a character that is not ASCII. */
export function percentDecode(encoded: string): Uint8Array | null {
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index += 1) {
    let byte = encoded.charCodeAt(index);
    if (byte > 0x7f) return null;
    if (byte === 0x25) {
      const digits = encoded.slice(index + 1, index + 3);
      byte = /^[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
      index += 2;
    }
    if (byte === 0) return null;
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}
